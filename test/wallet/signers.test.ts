import {
  address,
  appendTransactionMessageInstruction,
  assertIsTransactionWithinSizeLimit,
  type Blockhash,
  compileTransaction,
  createTransactionMessage,
  getAddressEncoder,
  pipe,
  type SignatureBytes,
  setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
  verifySignature,
} from '@solana/kit'
import {
  hexToBytes,
  keccak256,
  recoverTransactionAddress,
  recoverTypedDataAddress,
  stringToBytes,
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { describe, expect, it, vi } from 'vitest'
import { createEvmSigner } from '../../src/wallet/evm-signer.ts'
import { evmSigning } from '../../src/wallet/evm-signing.ts'
import { lockWhenIdle } from '../../src/wallet/idle-lock.ts'
import type { Keyring } from '../../src/wallet/keyring.ts'
import { buildTable } from '../../src/wallet/secp256k1.ts'
import type { Wallet } from '../../src/wallet/wallet.ts'
import { JUNK_PHRASE, makeWalletWorld, makeWorld, PASSWORD } from './fakes.ts'
import { SOLANA_PAIR } from './vectors.ts'

async function importEvm(key: string): Promise<Wallet> {
  const wallet = makeWorld().start()
  await wallet.create({ kind: 'evm-key', key }, PASSWORD, { phraseChecked: true })
  return wallet
}

/** EIP-712's own example. */
const MAIL = {
  domain: {
    name: 'Ether Mail',
    version: '1',
    chainId: 1,
    verifyingContract: '0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC',
  },
  types: {
    Person: [
      { name: 'name', type: 'string' },
      { name: 'wallet', type: 'address' },
    ],
    Mail: [
      { name: 'from', type: 'Person' },
      { name: 'to', type: 'Person' },
      { name: 'contents', type: 'string' },
    ],
  },
  primaryType: 'Mail',
  message: {
    from: { name: 'Cow', wallet: '0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826' },
    to: { name: 'Bob', wallet: '0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB' },
    contents: 'Hello, Bob!',
  },
} as const

describe('EVM signer', () => {
  it("signs EIP-712's example as the EIP prints it", async () => {
    const signer = await (await importEvm(keccak256(stringToBytes('cow')))).evmSigner()
    expect(signer.address).toBe('0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826')
    // r, s and v from EIP-712's Example.js.
    expect(await signer.signTypedData(MAIL)).toBe(
      '0x4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d' +
        '07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b91562' +
        '1c',
    )
  })

  it("signs EIP-155's example as the EIP prints it", async () => {
    const signer = await (await importEvm('46'.repeat(32))).evmSigner()
    const signed = await signer.signTransaction({
      type: 'legacy',
      chainId: 1,
      nonce: 9,
      gasPrice: 20n * 10n ** 9n,
      gas: 21_000n,
      to: `0x${'35'.repeat(20)}`,
      value: 10n ** 18n,
    })
    expect(signed).toBe(
      '0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025' +
        'a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276' +
        'a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83',
    )
  })

  it('recovers to its own address, for phrase and restarted worker alike', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    for (const signer of [await wallet.evmSigner(), await world.start().evmSigner()]) {
      const signature = await signer.signTypedData(MAIL)
      expect(await recoverTypedDataAddress({ ...MAIL, signature })).toBe(signer.address)
      const serializedTransaction = await signer.signTransaction({ type: 'eip1559', chainId: 8453, nonce: 1 })
      expect(
        await recoverTransactionAddress({ serializedTransaction: serializedTransaction as `0x02${string}` }),
      ).toBe(signer.address)
    }
  })
})

const keyringOf = (key: Uint8Array<ArrayBuffer>, evm: `0x${string}`): Keyring => ({
  require: async () => ({ addresses: { evm, solana: null }, evmKey: () => key, solanaKey: () => null }),
  forget: () => undefined,
})

describe('secp256k1', () => {
  it('signs 100 random transactions and typed data as viem does, without its table and with it', async () => {
    for (let round = 0; round < 100; round++) {
      if (round === 50) buildTable()
      const key = generatePrivateKey()
      const stock = privateKeyToAccount(key)
      const signer = createEvmSigner(
        stock.address,
        keyringOf(Uint8Array.from(hexToBytes(key)), stock.address),
      )
      const mail = { ...MAIL, message: { ...MAIL.message, contents: `Round ${round}` } }
      expect(await signer.signTypedData(mail)).toBe(await stock.signTypedData(mail))
      const transaction = { type: 'eip1559', chainId: 8453, nonce: round, gas: 21_000n, value: 5n } as const
      expect(await signer.signTransaction(transaction)).toBe(await stock.signTransaction(transaction))
    }
  })

  it('is rehearsed at once, and builds its table half a second later, when a signature became likely', async () => {
    vi.useFakeTimers()
    try {
      vi.resetModules()
      const { warmUp } = await import('../../src/wallet/warm.ts')
      const done: string[] = []
      const keys = { require: async () => Promise.reject(new Error('locked')), forget: () => undefined }
      const code = () => ({
        ...evmSigning,
        rehearse: () => void done.push('rehearsed'),
        buildTable: () => void done.push('table'),
      })
      await Promise.all([warmUp(keys, code), warmUp(keys, code)])
      await vi.advanceTimersByTimeAsync(499)
      expect(done).toEqual(['rehearsed'])
      await vi.advanceTimersByTimeAsync(1)
      await warmUp(keys, code)
      await vi.advanceTimersByTimeAsync(1_000)
      expect(done).toEqual(['rehearsed', 'table'])
    } finally {
      vi.useRealTimers()
    }
  })
})

const BLOCKHASH = 'EkSnNWid2cvwEVnVx9aBqawnmiCNiDgp3gUdkDPTKN1N' as Blockhash

function makeTransaction(feePayer: string, signer: string) {
  const transaction = pipe(
    createTransactionMessage({ version: 0 }),
    (message) => setTransactionMessageFeePayer(address(feePayer), message),
    (message) =>
      setTransactionMessageLifetimeUsingBlockhash(
        { blockhash: BLOCKHASH, lastValidBlockHeight: 1n },
        message,
      ),
    (message) =>
      appendTransactionMessageInstruction(
        {
          programAddress: address('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr'),
          accounts: [{ address: address(signer), role: 2 }],
          data: new Uint8Array([104, 105]),
        },
        message,
      ),
    (message) => compileTransaction(message),
  )
  assertIsTransactionWithinSizeLimit(transaction)
  return transaction
}

async function importSolana(): Promise<Wallet> {
  const wallet = makeWorld().start()
  const key = JSON.stringify(SOLANA_PAIR.bytes)
  await wallet.create({ kind: 'solana-key', key }, PASSWORD, { phraseChecked: true })
  return wallet
}

function publicKeyOf(text: string): Promise<CryptoKey> {
  const raw = Uint8Array.from(getAddressEncoder().encode(address(text)))
  return crypto.subtle.importKey('raw', raw, 'Ed25519', true, ['verify'])
}

describe('Solana signer', () => {
  const PAYER = '9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM'

  it('adds a valid signature beside the fee payer, and only its own', async () => {
    const signer = await (await importSolana()).solanaSigner()
    expect(signer.address).toBe(SOLANA_PAIR.address)
    const transaction = makeTransaction(PAYER, SOLANA_PAIR.address)
    const [signatures = {}] = await signer.signTransactions([transaction])
    expect(Object.keys(signatures)).toEqual([SOLANA_PAIR.address])
    const signature = Object.values(signatures)[0] as SignatureBytes
    const key = await publicKeyOf(SOLANA_PAIR.address)
    expect(await verifySignature(key, signature, transaction.messageBytes)).toBe(true)
  })

  it('refuses a transaction that does not name it', async () => {
    const signer = await (await importSolana()).solanaSigner()
    const sign = signer.signTransactions([makeTransaction(PAYER, PAYER)])
    await expect(sign).rejects.toMatchObject({ reason: 'signature-mismatch' })
  })

  it('signs nothing once the wallet is locked', async () => {
    const wallet = await importSolana()
    const signer = await wallet.solanaSigner()
    await wallet.lock()
    const sign = signer.signTransactions([makeTransaction(PAYER, SOLANA_PAIR.address)])
    await expect(sign).rejects.toMatchObject({ reason: 'wallet-locked' })
  })
})

describe('signers and the lock', () => {
  it('sign nothing after lock, and again after unlock', async () => {
    const { wallet } = await makeWalletWorld('unlocked')
    const signer = await wallet.evmSigner()
    await wallet.lock()
    await expect(signer.signTypedData(MAIL)).rejects.toMatchObject({ reason: 'wallet-locked' })
    await wallet.unlock(PASSWORD)
    expect(await signer.signTypedData(MAIL)).toHaveLength(132)
  })

  it('never sign for another wallet that came in between', async () => {
    const { wallet } = await makeWalletWorld('unlocked')
    const signer = await wallet.evmSigner()
    await wallet.reset()
    await wallet.create({ kind: 'phrase', phrase: wallet.newPhrase() }, PASSWORD, { phraseChecked: false })
    await expect(signer.signTypedData(MAIL)).rejects.toMatchObject({ reason: 'wallet-locked' })
  })

  it('either sign rightly or refuse when the lock falls in the middle', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    for (let round = 0; round < 10; round++) {
      await wallet.unlock(PASSWORD)
      const signer = await world.start().evmSigner()
      const signing = Array.from({ length: 5 }, () => signer.signTypedData(MAIL))
      const locking = wallet.lock()
      for (const result of await Promise.allSettled(signing)) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ reason: 'wallet-locked' })
        else expect(await recoverTypedDataAddress({ ...MAIL, signature: result.value })).toBe(signer.address)
      }
      await locking
    }
  })

  it('are refused by a wallet that was never made', async () => {
    await expect(makeWorld().start().evmSigner()).rejects.toMatchObject({ reason: 'wallet-missing' })
  })

  it('warm up without a wallet, locked or unlocked, and never throw', async () => {
    await makeWorld().start().warm()
    const { world, wallet } = await makeWalletWorld('locked')
    await wallet.warm()
    world.vaultStore.failing = 'reads'
    world.local.values.clear()
    await wallet.warm()
  })
})

describe('idle lock', () => {
  it('locks on an idle computer and on system lock, and follows the setting', async () => {
    for (const state of ['idle', 'locked'] as const) {
      const { wallet } = await makeWalletWorld('unlocked')
      const minutes: number[] = []
      let tell: (state: 'active' | 'idle' | 'locked') => void = () => {
        throw new Error('not registered')
      }
      let locked: Promise<void> = Promise.reject(new Error('not locked'))
      locked.catch(() => undefined)
      const idleLock = lockWhenIdle({
        idle: {
          setIdleAfter: (value) => minutes.push(value),
          onState: (listener) => {
            tell = listener
          },
        },
        lock: () => {
          locked = wallet.lock()
          return locked
        },
      })
      idleLock.setMinutes(7)
      tell('active')
      expect((await wallet.status()).kind).toBe('unlocked')
      tell(state)
      await locked
      expect([(await wallet.status()).kind, minutes]).toEqual(['locked', [7]])
    }
  })
})

describe('secrets', () => {
  it('appear in no store, in no text form, before and after use', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    await (await wallet.evmSigner()).signTypedData(MAIL)
    await wallet.unlock('wrong password!')
    const key = Buffer.from('ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80', 'hex')
    const stored = [
      Buffer.from(world.vaultStore.bytes ?? []).toString('latin1'),
      Buffer.from(world.vaultStore.bytes ?? []).toString('hex'),
      ...world.local.values.values(),
      ...[...world.local.values.values()].map((text) => Buffer.from(text, 'base64').toString('latin1')),
      ...world.session.values.values(),
      ...[...world.session.values.values()].map((text) => Buffer.from(text, 'base64').toString('latin1')),
    ].join('\n')
    for (const secret of [
      key.toString('hex'),
      key.toString('base64').slice(0, 40),
      key.toString('latin1'),
      BigInt(`0x${key.toString('hex')}`).toString(),
      JUNK_PHRASE,
      PASSWORD,
    ]) {
      expect(stored.includes(secret)).toBe(false)
    }
  })
})
