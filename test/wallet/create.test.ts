import { describe, expect, it } from 'vitest'
import { UNLOCK_MS } from '../../src/wallet/unlocked-state.ts'
import { JUNK_PHRASE, makeWalletWorld, makeWorld, PASSWORD, START_MS } from './fakes.ts'
import { SOLANA_PAIR } from './vectors.ts'

const JUNK_EVM = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'

describe('create', () => {
  it('leaves a wallet that is unlocked for 8 hours, with its addresses', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    expect(await wallet.status()).toEqual({
      kind: 'unlocked',
      addresses: { evm: JUNK_EVM, solana: expect.stringMatching(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/) },
      phraseChecked: true,
      hasPhrase: true,
      untilMs: START_MS + UNLOCK_MS,
    })
    expect(world.announced).toEqual([0, START_MS + UNLOCK_MS])
  })

  it('stores nothing for fresh words', async () => {
    const world = makeWorld()
    const phrase = world.start().newPhrase()
    expect(phrase.split(' ')).toHaveLength(12)
    expect([world.vaultStore.bytes, world.local.values.size]).toEqual([null, 0])
    expect(world.start().newPhrase()).not.toBe(phrase)
  })

  it.each([
    ['short', 'password-short'],
    ['motherfucker', 'password-common'],
    ['abababababab', 'password-guessable'],
  ])('refuses the password %j and stores nothing', async (password, problem) => {
    const world = makeWorld()
    const create = world
      .start()
      .create({ kind: 'phrase', phrase: JUNK_PHRASE }, password, { phraseChecked: true })
    await expect(create).rejects.toMatchObject({ reason: 'invalid-body', facts: { problem } })
    expect(world.vaultStore.bytes).toBeNull()
  })

  it('never overwrites: neither a wallet nor the remains of one', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    const before = world.vaultStore.bytes
    const again = () =>
      wallet.create({ kind: 'phrase', phrase: JUNK_PHRASE }, PASSWORD, { phraseChecked: true })
    await expect(again()).rejects.toMatchObject({ facts: { problem: 'wallet-exists' } })
    expect(world.vaultStore.bytes).toEqual(before)
    world.vaultStore.bytes = new Uint8Array(10)
    world.local.values.set('wallet.vault', '!')
    await expect(again()).rejects.toMatchObject({ facts: { problem: 'wallet-damaged' } })
    expect(world.vaultStore.bytes).toEqual(new Uint8Array(10))
  })

  it('creates one wallet when asked twice at once', async () => {
    const wallet = makeWorld().start()
    const create = () =>
      wallet.create({ kind: 'phrase', phrase: JUNK_PHRASE }, PASSWORD, { phraseChecked: true })
    const results = await Promise.allSettled([create(), create()])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it.each([
    ['evm-key', `0x${'0'.repeat(63)}1`, { evm: '0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf', solana: null }],
    ['solana-key', JSON.stringify(SOLANA_PAIR.bytes), { evm: null, solana: SOLANA_PAIR.address }],
  ] as const)('gives one network for an imported %s', async (kind, key, addresses) => {
    const wallet = makeWorld().start()
    const status = await wallet.create({ kind, key }, PASSWORD, { phraseChecked: false })
    expect(status).toMatchObject({ kind: 'unlocked', addresses, hasPhrase: false, phraseChecked: true })
    const missing = kind === 'evm-key' ? wallet.solanaSigner() : wallet.evmSigner()
    await expect(missing).rejects.toMatchObject({ reason: 'wallet-missing' })
  })
})

describe('reset', () => {
  it('leaves nothing in any store', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    await wallet.unlock('wrong password!')
    const signer = await wallet.evmSigner()
    await wallet.reset()
    expect([
      world.vaultStore.bytes,
      world.local.values.size,
      world.session.values.size,
      world.unlockKeys.key,
    ]).toEqual([null, 0, 0, null])
    expect(await wallet.status()).toEqual({ kind: 'none' })
    await expect(signer.signTransaction({ type: 'eip1559', chainId: 1 })).rejects.toMatchObject({
      reason: 'wallet-missing',
    })
  })
})
