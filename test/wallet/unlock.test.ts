import { describe, expect, it } from 'vitest'
import { CLOCK_TOLERANCE_MS, UNLOCK_MS, UNLOCKED_KEY } from '../../src/wallet/unlocked-state.ts'
import type { WalletStatus } from '../../src/wallet/wallet.ts'
import { makeWalletWorld, makeWorld, PASSWORD, START_MS } from './fakes.ts'
import { BIP39_VECTORS } from './vectors.ts'

const JUNK_EVM = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'

describe('unlock', () => {
  it('opens what was created, for every published phrase', async () => {
    for (const [, phrase] of BIP39_VECTORS) {
      const world = makeWorld()
      const created = await world
        .start()
        .create({ kind: 'phrase', phrase }, PASSWORD, { phraseChecked: true })
      world.restartBrowser()
      const wallet = world.start()
      expect((await wallet.status()).kind).toBe('locked')
      expect(await wallet.unlock(PASSWORD)).toEqual({ kind: 'unlocked', untilMs: START_MS + UNLOCK_MS })
      expect(await wallet.status()).toEqual(created)
      expect(await wallet.reveal(PASSWORD, 'phrase')).toBe(phrase)
    }
  })

  it('says that there is nothing to unlock', async () => {
    const world = makeWorld()
    expect(await world.start().unlock(PASSWORD)).toEqual({ kind: 'none' })
    expect(await world.start().status()).toEqual({ kind: 'none' })
  })

  it('wipes both halves on lock, and tells guard and listeners', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    const seen: WalletStatus[] = []
    wallet.onChange((status) => seen.push(status))
    await wallet.lock()
    expect([world.session.values.size, world.unlockKeys.key, world.announced.at(-1)]).toEqual([0, null, 0])
    expect(seen.map((status) => status.kind)).toEqual(['locked'])
  })

  it('keeps the data key in the session store only under a key that cannot be exported', async () => {
    const { world } = await makeWalletWorld('unlocked')
    expect([...world.session.values.keys()]).toEqual([UNLOCKED_KEY])
    expect(world.unlockKeys.key?.extractable).toBe(false)
  })

  it('makes a new unlock key and deadline each time', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    const { key } = world.unlockKeys
    world.clock.nowMs += 1000
    expect(await wallet.unlock(PASSWORD)).toEqual({ kind: 'unlocked', untilMs: START_MS + 1000 + UNLOCK_MS })
    expect(world.unlockKeys.key).not.toBe(key)
    expect(await wallet.evmSigner()).toMatchObject({ address: JUNK_EVM })
  })
})

describe('restarts', () => {
  it('stays unlocked when the worker comes back, and tells the guard again', async () => {
    const { world } = await makeWalletWorld('unlocked')
    world.announced.length = 0
    const wallet = world.start()
    expect((await wallet.status()).kind).toBe('unlocked')
    expect(await wallet.evmSigner()).toMatchObject({ address: JUNK_EVM })
    expect(world.announced).toEqual([START_MS + UNLOCK_MS])
    expect(world.kdfRuns).toBe(1)
  })

  it('is locked when the browser was restarted, and wipes the left-over unlock key', async () => {
    const { world } = await makeWalletWorld('unlocked')
    world.restartBrowser()
    const wallet = world.start()
    await expect(wallet.evmSigner()).rejects.toMatchObject({ reason: 'wallet-locked' })
    expect([(await wallet.status()).kind, world.unlockKeys.key, world.announced.at(-1)]).toEqual([
      'locked',
      null,
      0,
    ])
  })

  it('is locked when the unlock key is gone', async () => {
    const { world } = await makeWalletWorld('unlocked')
    world.unlockKeys.key = null
    const wallet = world.start()
    await expect(wallet.evmSigner()).rejects.toMatchObject({ reason: 'wallet-locked' })
    expect((await wallet.status()).kind).toBe('locked')
  })

  it('does not take a deadline that somebody wrote over the stored one', async () => {
    const { world } = await makeWalletWorld('unlocked')
    const record = JSON.parse(world.session.values.get(UNLOCKED_KEY) ?? '')
    record.unlockedAtMs += UNLOCK_MS
    record.untilMs += UNLOCK_MS
    world.session.values.set(UNLOCKED_KEY, JSON.stringify(record))
    world.clock.nowMs = START_MS + UNLOCK_MS + 1
    await expect(world.start().evmSigner()).rejects.toMatchObject({ reason: 'wallet-locked' })
    expect((await world.start().status()).kind).toBe('locked')
  })

  it.each(['', '{', 'null', '[]', '{"untilMs":1e308}', '"x"'])(
    'reads the session text %j as locked',
    async (text) => {
      const { world } = await makeWalletWorld('unlocked')
      world.session.values.set(UNLOCKED_KEY, text)
      expect((await world.start().status()).kind).toBe('locked')
    },
  )
})

describe('deadline', () => {
  it('refuses signers and signatures from the very millisecond on, and wipes', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    const signer = await wallet.evmSigner()
    world.clock.nowMs = START_MS + UNLOCK_MS - 1
    await signer.signTransaction({ type: 'eip1559', chainId: 8453, to: JUNK_EVM, nonce: 0 })
    world.clock.nowMs += 1
    const transaction = { type: 'eip1559', chainId: 8453, to: JUNK_EVM, nonce: 0 } as const
    await expect(signer.signTransaction(transaction)).rejects.toMatchObject({ reason: 'unlock-expired' })
    expect([world.session.values.size, world.unlockKeys.key, world.announced.at(-1)]).toEqual([0, null, 0])
    await expect(wallet.evmSigner()).rejects.toMatchObject({ reason: 'wallet-locked' })
    await expect(signer.signTransaction(transaction)).rejects.toMatchObject({ reason: 'wallet-locked' })
  })

  it('holds after a restart of the worker, too', async () => {
    const { world } = await makeWalletWorld('unlocked')
    world.clock.nowMs += UNLOCK_MS
    const wallet = world.start()
    expect(await wallet.status()).toMatchObject({ kind: 'locked' })
    expect(world.announced.at(-1)).toBe(0)
  })

  it('is not prolonged by a clock that is set back', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    world.clock.nowMs = START_MS - CLOCK_TOLERANCE_MS
    await wallet.evmSigner()
    world.clock.nowMs -= 1
    await expect(wallet.evmSigner()).rejects.toMatchObject({ reason: 'unlock-expired' })
    expect((await wallet.status()).kind).toBe('locked')
  })

  it('remembers how late it already was', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    world.clock.nowMs = START_MS + UNLOCK_MS - 60_000
    await wallet.evmSigner()
    world.clock.nowMs = START_MS + 1
    await expect(world.start().evmSigner()).rejects.toMatchObject({
      reason: expect.stringMatching(/locked|expired/),
    })
    expect((await wallet.status()).kind).toBe('locked')
  })
})
