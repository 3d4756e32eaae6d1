import { type Hex, parseTransaction } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TransferRequest } from '../../src/chains/chains.ts'
import { toAtomic } from '../../src/domain/amount.ts'
import { BASE } from '../../src/domain/network.ts'
import { clientOf, type EvmFixture, publicClientOf, startEvmFixture } from '../chains/evm-fixture.ts'
import { addresses } from '../lab/chains/addresses.ts'
import { makeTransferWorld, PASSWORD, seeThrough, type TransferWorld } from './transfer-world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 })

const ETHER = 10n ** 18n
const USDC = addresses.baseUsdc
/** The first account of the development phrase, whose key everybody has. */
const JUNK_KEY: Hex = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'

let fixture: EvmFixture
let world: TransferWorld
let to: Hex

beforeAll(async () => {
  fixture = await startEvmFixture()
})

beforeEach(async () => {
  world = await makeTransferWorld(fixture)
  to = privateKeyToAccount(generatePrivateKey()).address
  await fixture.chain.fund(world.evm, USDC, 25_000_000n)
  await fixture.chain.fund(world.evm, addresses.baseOpg, 100n * ETHER)
  await fixture.chain.fund(world.evm, 'native', ETHER / 20n)
})

afterEach(() => {
  fixture.first.setMode('ok')
  fixture.second.setMode('ok')
})

afterAll(() => fixture?.stop())

const send = (asset: string, amount: bigint | 'all', recipient: string = to): TransferRequest => ({
  kind: 'send',
  network: BASE,
  asset,
  to: recipient,
  amount: amount === 'all' ? amount : toAtomic(amount),
})

async function nonceOf(owner: string): Promise<number> {
  return Number(await fixture.chain.rpc('eth_getTransactionCount', [owner, 'latest']))
}

describe('sending on Base', () => {
  it('moves USDC, shows the fee before and books the one that was paid', async () => {
    const transfers = world.start()
    const review = await transfers.review(send(USDC, 1_500_000n))
    expect(review).toMatchObject({
      to,
      figures: { from: world.evm, amount: 1_500_000n, missingFee: null, createsAccount: false },
      warnings: ['first-time'],
    })
    const result = await transfers.confirm(review.id, PASSWORD)
    if (result.kind !== 'signed') throw new Error(result.kind)
    expect(result.transfer).toMatchObject({ state: 'sent', kind: 'send', amount: 1_500_000n, to, fee: null })
    await seeThrough(transfers)
    const row = await world.row(result.transfer.id)
    expect(row).toMatchObject({ state: 'confirmed', reason: null })
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(1_500_000n)
    expect(await fixture.chain.balanceOf(world.evm, USDC)).toBe(23_500_000n)
    const paid = ETHER / 20n - (await fixture.chain.balanceOf(world.evm, 'native'))
    expect(row.fee).toBe(paid)
    expect(paid > 0n && paid <= review.figures.maxFee).toBe(true)
    expect(world.outbox.entries.size).toBe(0)
  })

  it('signs exactly what was reviewed', async () => {
    const transfers = world.start()
    const review = await transfers.review(send(USDC, 7n))
    fixture.first.setMode('dead')
    fixture.second.setMode('dead')
    await expect(transfers.confirm(review.id, PASSWORD)).rejects.toMatchObject({ reason: 'rpc-failed' })
    expect(await world.rows()).toEqual([])
    fixture.first.setMode('ok')
    fixture.second.setMode('ok')
    const again = await transfers.review(send(USDC, 7n))
    const result = await transfers.confirm(again.id, PASSWORD)
    if (result.kind !== 'signed') throw new Error(result.kind)
    const sent = await publicClientOf(fixture).getTransaction({ hash: result.transfer.transaction as Hex })
    const unsigned = JSON.parse(again.figures.unsigned)
    expect(sent).toMatchObject({
      to: USDC.toLowerCase(),
      input: `0xa9059cbb${to.slice(2).toLowerCase().padStart(64, '0')}${'7'.padStart(64, '0')}`,
      value: 0n,
      chainId: 8453,
      nonce: unsigned.nonce,
      gas: BigInt(unsigned.gas),
      maxFeePerGas: BigInt(unsigned.maxFeePerGas),
    })
  })

  it.each([
    ['USDC', USDC, 25_000_000n],
    ['OPG', addresses.baseOpg, 100n * ETHER],
  ])('moves all of the %s', async (_, asset, held) => {
    const transfers = world.start()
    const review = await transfers.review(send(asset, 'all'))
    expect(review.figures.amount).toBe(held)
    await transfers.confirm(review.id, PASSWORD)
    await seeThrough(transfers)
    expect(await fixture.chain.balanceOf(to, asset)).toBe(held)
    expect(await fixture.chain.balanceOf(world.evm, asset)).toBe(0n)
  })

  it('moves all of the ether but the most that the fee can be', async () => {
    const transfers = world.start()
    const review = await transfers.review(send('native', 'all'))
    expect(review.figures.amount + review.figures.maxFee).toBe(ETHER / 20n)
    await transfers.confirm(review.id, PASSWORD)
    await seeThrough(transfers)
    expect(await fixture.chain.balanceOf(to, 'native')).toBe(review.figures.amount)
    expect((await fixture.chain.balanceOf(world.evm, 'native')) < review.figures.maxFee).toBe(true)
  })

  it("counts twice the L1 fee that Base's oracle names", async () => {
    const plain = (await world.start().review(send('native', 1_000n))).figures
    // PUSH5 1e12 PUSH1 0 MSTORE PUSH1 32 PUSH1 0 RETURN: an oracle that always says 10^12 wei.
    const oracle = '0x420000000000000000000000000000000000000F'
    await fixture.chain.rpc('anvil_setCode', [oracle, '0x64e8d4a5100060005260206000f3'])
    const priced = (await world.start().review(send('native', 1_000n))).figures
    await fixture.chain.rpc('anvil_setCode', [oracle, '0x'])
    const gasOf = (unsigned: string) =>
      BigInt(JSON.parse(unsigned).gas) * BigInt(JSON.parse(unsigned).maxFeePerGas)
    expect(plain.maxFee).toBe(gasOf(plain.unsigned))
    expect(priced.maxFee).toBe(gasOf(priced.unsigned) + 2n * 10n ** 12n)
  })
})

describe('a review', () => {
  it('names a missing fee and where to send it, before the password is looked at', async () => {
    await fixture.chain.fund(world.evm, 'native', 1_000n)
    const transfers = world.start()
    const review = await transfers.review(send(USDC, 1n))
    expect(review.figures.missingFee).toBe(review.figures.maxFee - 1_000n)
    const [runs, nonce] = [world.wallet.kdfRuns, await nonceOf(world.evm)]
    await expect(transfers.confirm(review.id, 'wrong password')).rejects.toMatchObject({
      reason: 'insufficient-funds',
      facts: { what: 'native', missing: String(review.figures.missingFee), to: world.evm },
    })
    expect(world.wallet.kdfRuns).toBe(runs)
    expect(await nonceOf(world.evm)).toBe(nonce)
  })

  it.each<[string, () => TransferRequest, object]>([
    [
      'more than there is',
      () => send(USDC, 25_000_001n),
      { reason: 'insufficient-funds', facts: { missing: '1' } },
    ],
    ['more ether than there is', () => send('native', ETHER), { reason: 'insufficient-funds' }],
    ['nothing', () => send(USDC, 0n), { facts: { field: 'amount', problem: 'zero' } }],
    ['an unknown token', () => send(to, 1n), { facts: { field: 'asset' } }],
    ['a name', () => send(USDC, 1n, 'vitalik.eth'), { facts: { field: 'to', problem: 'malformed' } }],
    [
      'a wrong checksum',
      () => send(USDC, 1n, '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02914'),
      { reason: 'invalid-body', facts: { field: 'to', problem: 'checksum' } },
    ],
    ['the zero address', () => send(USDC, 1n, `0x${'0'.repeat(40)}`), { facts: { problem: 'zero' } }],
    [
      'an unlimited allowance',
      () => ({
        kind: 'allowance',
        network: BASE,
        asset: addresses.baseOpg,
        amount: toAtomic(2n ** 256n - 1n),
      }),
      { facts: { field: 'amount', problem: 'unlimited' } },
    ],
    [
      'an allowance for USDC',
      () => ({ kind: 'allowance', network: BASE, asset: USDC, amount: toAtomic(1n) }),
      { facts: { field: 'asset' } },
    ],
  ])('refuses %s', async (_, request, error) => {
    await expect(world.start().review(request())).rejects.toMatchObject(error)
  })

  it('takes an address in lower case and shows it with its checksum', async () => {
    expect((await world.start().review(send(USDC, 1n, to.toLowerCase()))).to).toBe(to)
  })

  it('warns of the own address, a token and another contract, and of a recipient only the first time', async () => {
    const transfers = world.start()
    const warningsOf = async (recipient: string) =>
      (await transfers.review(send('native', 1n, recipient))).warnings
    expect(await warningsOf(world.evm)).toEqual(['own-address'])
    const toToken = await transfers
      .review(send('native', 1n, addresses.baseOpg))
      .catch((error: unknown) => error)
    // The stand-in token takes no ether, as the real one does not.
    expect(toToken).toMatchObject({ reason: 'invalid-body', facts: { problem: 'reverts' } })
    expect((await transfers.review(send(USDC, 1n, addresses.baseOpg))).warnings).toEqual([
      'token-address',
      'first-time',
    ])
    expect((await transfers.review(send(USDC, 1n, addresses.permit2))).warnings).toEqual([
      'contract-address',
      'first-time',
    ])
    const review = await transfers.review(send('native', 1n))
    await transfers.confirm(review.id, PASSWORD)
    await seeThrough(transfers)
    expect(await warningsOf(to)).toEqual([])
  })

  it('says that no endpoint answers', async () => {
    fixture.first.setMode('dead')
    fixture.second.setMode('dead')
    await expect(world.start().review(send(USDC, 1n))).rejects.toMatchObject({ reason: 'rpc-failed' })
  })

  it('is good for 60 seconds', async () => {
    const transfers = world.start()
    const review = await transfers.review(send(USDC, 1n))
    fixture.clock.move(60_000)
    await expect(transfers.confirm(review.id, PASSWORD)).rejects.toMatchObject({ reason: 'unknown-quote' })
    fixture.clock.move(-60_000)
  })

  it('is confirmed once, however often it is clicked', async () => {
    const transfers = world.start()
    const before = await nonceOf(world.evm)
    const review = await transfers.review(send(USDC, 1n))
    const results = await Promise.allSettled([1, 2, 3].map(() => transfers.confirm(review.id, PASSWORD)))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    await seeThrough(transfers)
    expect(await nonceOf(world.evm)).toBe(before + 1)
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(1n)
  })

  it('made before another transfer took its nonce must be made again', async () => {
    const transfers = world.start()
    const [one, two] = [await transfers.review(send(USDC, 1n)), await transfers.review(send(USDC, 2n))]
    const results = await Promise.allSettled([one, two].map(({ id }) => transfers.confirm(id, PASSWORD)))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await seeThrough(transfers)
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(1n)
  })

  it('of a locked wallet is confirmed only after unlocking, and is not used up by that', async () => {
    const transfers = world.start()
    const review = await transfers.review(send(USDC, 1n))
    const wallet = world.wallet.start()
    await wallet.lock()
    const runs = world.wallet.kdfRuns
    await expect(transfers.confirm(review.id, PASSWORD)).rejects.toMatchObject({ reason: 'wallet-locked' })
    expect(world.wallet.kdfRuns).toBe(runs)
    await wallet.unlock(PASSWORD)
    expect(await transfers.confirm(review.id, PASSWORD)).toMatchObject({ kind: 'signed' })
    await seeThrough(transfers)
  })

  it('signs nothing with a wrong password', async () => {
    const transfers = world.start()
    const review = await transfers.review(send(USDC, 1n))
    expect(await transfers.confirm(review.id, 'not the password')).toEqual({ kind: 'wrong-password' })
    expect([await world.rows(), world.outbox.entries.size]).toEqual([[], 0])
    expect(await transfers.confirm(review.id, PASSWORD)).toMatchObject({ kind: 'signed' })
    await seeThrough(transfers)
  })
})

describe('an allowance', () => {
  it('is set to a finite amount and revoked', async () => {
    const transfers = world.start()
    const allow = async (amount: bigint) => {
      const review = await transfers.review({
        kind: 'allowance',
        network: BASE,
        asset: addresses.baseOpg,
        amount: toAtomic(amount),
      })
      expect(review).toMatchObject({ to: addresses.permit2, warnings: [] })
      await transfers.confirm(review.id, PASSWORD)
      await seeThrough(transfers)
      return await fixture.chains.permit2Allowance(BASE, addresses.baseOpg, world.evm)
    }
    expect(await allow(10n * ETHER)).toBe(10n * ETHER)
    expect(await allow(0n)).toBe(0n)
    expect((await world.rows()).map(({ kind, state }) => [kind, state])).toEqual([
      ['allowance', 'confirmed'],
      ['allowance', 'confirmed'],
    ])
  })
})

describe('a worker that dies', () => {
  /** Every endpoint takes reads but no transaction. */
  const deaf = () => ({
    chains: {
      ...fixture.chains,
      broadcast: () => Promise.reject(new Error('the worker died here')),
    },
  })

  it('after signing sends the same bytes when it is back, once', async () => {
    const before = await nonceOf(world.evm)
    const dying = world.start(deaf())
    const review = await dying.review(send(USDC, 3n))
    await expect(dying.confirm(review.id, PASSWORD)).rejects.toThrow('died here')
    const [row] = await world.rows()
    const [bytes] = [...world.outbox.entries.values()]
    expect(row).toMatchObject({ state: 'signed' })
    const signed = parseTransaction(JSON.parse(bytes ?? '').signed)
    expect(signed.nonce).toBe(before)

    const back = world.start()
    expect(await back.resume()).toBe(1)
    expect((await world.row(row?.id ?? '')).state).toBe('sent')
    await seeThrough(back)
    expect(await world.row(row?.id ?? '')).toMatchObject({
      state: 'confirmed',
      transaction: row?.transaction,
    })
    expect(await nonceOf(world.evm)).toBe(before + 1)
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(3n)
  })

  it('has an alarm set before anything was signed, so that somebody sends the bytes (it once had none)', async () => {
    const order: string[] = []
    const dying = world.start({
      ...deaf(),
      wake: async () => void order.push(`alarm with ${world.outbox.entries.size} signed`),
    })
    const review = await dying.review(send(USDC, 3n))
    expect(await dying.confirm(review.id, 'not the password')).toEqual({ kind: 'wrong-password' })
    expect(order).toEqual([])
    await expect(dying.confirm(review.id, PASSWORD)).rejects.toThrow('died here')
    expect(order).toEqual(['alarm with 0 signed'])
    await seeThrough(world.start())
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(3n)
  })

  it('signs nothing where no alarm can be set', async () => {
    const transfers = world.start({ wake: () => Promise.reject(new Error('no alarm')) })
    const review = await transfers.review(send(USDC, 3n))
    await expect(transfers.confirm(review.id, PASSWORD)).rejects.toThrow('no alarm')
    expect([world.outbox.entries.size, await world.rows()]).toEqual([0, []])
  })

  it('after sending, before that was written down, finds the transaction on the chain', async () => {
    const dying = world.start({
      chains: {
        ...fixture.chains,
        async broadcast(network, signed) {
          await fixture.chains.broadcast(network, signed)
          throw new Error('the worker died here')
        },
      },
    })
    const review = await dying.review(send(USDC, 4n))
    await expect(dying.confirm(review.id, PASSWORD)).rejects.toThrow('died here')
    const [row] = await world.rows()
    expect(row?.state).toBe('signed')
    await seeThrough(world.start())
    expect(await world.row(row?.id ?? '')).toMatchObject({ state: 'confirmed' })
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(4n)
  })

  it('never signs another transfer for the nonce of one that is not finished', async () => {
    const dying = world.start(deaf())
    const review = await dying.review(send(USDC, 5n))
    const second = await dying.review(send(USDC, 6n))
    await expect(dying.confirm(review.id, PASSWORD)).rejects.toThrow('died here')
    await expect(dying.confirm(second.id, PASSWORD)).rejects.toMatchObject({ reason: 'already-pending' })
    expect(world.outbox.entries.size).toBe(1)
    await seeThrough(world.start())
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(5n)
  })

  it('fails the transfer whose nonce was used by another wallet with the same key', async () => {
    const dying = world.start(deaf())
    const review = await dying.review(send(USDC, 8n))
    await expect(dying.confirm(review.id, PASSWORD)).rejects.toThrow('died here')
    const hash = await clientOf(fixture, privateKeyToAccount(JUNK_KEY)).sendTransaction({ to, value: 1n })
    await fixture.seller.landed(hash)
    await fixture.chain.rpc('anvil_mine', ['0x8'])
    const back = world.start()
    await seeThrough(back)
    const [row] = await world.rows()
    expect(row).toMatchObject({ state: 'failed', reason: 'replaced', fee: null })
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(0n)
  })
})

describe('a transfer that fails', () => {
  it('on the chain says so, and what it cost all the same', async () => {
    const transfers = world.start()
    const review = await transfers.review(send(USDC, 25_000_000n))
    await fixture.chain.fund(world.evm, USDC, 1n)
    const result = await transfers.confirm(review.id, PASSWORD)
    if (result.kind !== 'signed') throw new Error(result.kind)
    await seeThrough(transfers)
    const row = await world.row(result.transfer.id)
    expect(row).toMatchObject({ state: 'failed', reason: 'reverted' })
    expect(row.fee).toBe(ETHER / 20n - (await fixture.chain.balanceOf(world.evm, 'native')))
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(0n)
  })

  it('because every endpoint refuses it is failed at once, and nothing is kept', async () => {
    const transfers = world.start()
    const review = await transfers.review(send(USDC, 1n))
    await fixture.chain.fund(world.evm, 'native', 0n)
    const result = await transfers.confirm(review.id, PASSWORD)
    expect(result).toMatchObject({ kind: 'signed', transfer: { state: 'failed', reason: 'refused' } })
    expect(world.outbox.entries.size).toBe(0)
  })
})

describe('following', () => {
  it('brings a fresh transfer to its end without an alarm', async () => {
    const transfers = world.start({ sleep: () => new Promise((done) => setTimeout(done, 50)) })
    const review = await transfers.review(send(USDC, 1n))
    const result = await transfers.confirm(review.id, PASSWORD)
    if (result.kind !== 'signed') throw new Error(result.kind)
    const { id } = result.transfer
    await vi.waitFor(async () => expect((await world.row(id)).state).toBe('confirmed'), { timeout: 10_000 })
  })
})
