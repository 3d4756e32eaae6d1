import { describe, expect, it } from 'vitest'
import { BACK_OFF_KEY } from '../../src/wallet/back-off.ts'

import { JUNK_PHRASE, makeWalletWorld, makeWorld, PASSWORD, START_MS } from './fakes.ts'

const NEW_PASSWORD = 'another quiet lunch'
const JUNK_EVM = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'

describe('back-off', () => {
  it('waits 1, 2, 4 … 60 s from the third failure on, and forgets on success', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    const waits: number[] = []
    for (let failure = 1; failure <= 11; failure++) {
      const result = await wallet.unlock('wrong password!')
      if (result.kind !== 'wrong-password') throw new Error(result.kind)
      const retryAtMs = result.retryAtMs ?? world.clock.nowMs
      waits.push(retryAtMs - world.clock.nowMs)
      const runs = world.kdfRuns
      if (result.retryAtMs !== null) {
        world.clock.nowMs = retryAtMs - 1
        expect(await wallet.unlock(PASSWORD)).toEqual({ kind: 'wait', retryAtMs })
        expect(await wallet.status()).toMatchObject({ kind: 'locked', retryAtMs })
        expect(world.kdfRuns).toBe(runs)
        world.clock.nowMs = retryAtMs
      }
    }
    expect(waits).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000))
    expect((await wallet.unlock(PASSWORD)).kind).toBe('unlocked')
    expect(await wallet.unlock('wrong password!')).toEqual({ kind: 'wrong-password', retryAtMs: null })
  })

  it('is kept across restarts of worker and browser', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    for (let failure = 0; failure < 4; failure++) {
      await wallet.unlock('wrong password!')
      if (failure < 3) world.clock.nowMs += 1000
    }
    world.restartBrowser()
    expect(await world.start().unlock(PASSWORD)).toMatchObject({ kind: 'wait' })
  })

  it('lets one guess through at a time, however many are made at once', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    const runs = world.kdfRuns
    const results = await Promise.all(Array.from({ length: 20 }, () => wallet.unlock('wrong password!')))
    expect(results.map((result) => result.kind)).toEqual([
      ...Array(3).fill('wrong-password'),
      ...Array(17).fill('wait'),
    ])
    expect(world.kdfRuns - runs).toBe(3)
  })

  it('counts a guess whose worker died before the answer', async () => {
    const { world } = await makeWalletWorld('locked')
    for (let guess = 0; guess < 3; guess++) {
      void world.start().unlock('wrong password!')
      while (!world.local.values.get(BACK_OFF_KEY)?.includes(`"count":${guess + 1}`))
        await new Promise(setImmediate)
    }
    expect(await world.start().unlock(PASSWORD)).toMatchObject({ kind: 'wait' })
  })

  it('is neither skipped nor made endless by a clock that is set back', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    for (let failure = 0; failure < 3; failure++) await wallet.unlock('wrong password!')
    world.clock.nowMs = START_MS - 365 * 86_400_000
    const back = world.clock.nowMs
    expect(await wallet.unlock(PASSWORD)).toEqual({ kind: 'wait', retryAtMs: back + 1000 })
    world.clock.nowMs = back + 1000
    expect((await wallet.unlock(PASSWORD)).kind).toBe('unlocked')
  })

  it('is shared by every method that asks for the password', async () => {
    const { wallet } = await makeWalletWorld('unlocked')
    expect(await wallet.checkPassword('wrong password!')).toBe(false)
    expect(await wallet.reveal('wrong password!', 'phrase')).toBeNull()
    expect(await wallet.changePassword('wrong password!', NEW_PASSWORD)).toBe(false)
    const waiting = { reason: 'wallet-locked', facts: { retryAtMs: String(START_MS + 1000) } }
    await expect(wallet.checkPassword(PASSWORD)).rejects.toMatchObject(waiting)
    await expect(wallet.reveal(PASSWORD, 'phrase')).rejects.toMatchObject(waiting)
    await expect(wallet.changePassword(PASSWORD, NEW_PASSWORD)).rejects.toMatchObject(waiting)
  })
})

describe('password change', () => {
  it('takes the new one and not the old one, in both copies, and stays unlocked', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    expect(await wallet.changePassword(PASSWORD, NEW_PASSWORD)).toBe(true)
    expect(await wallet.evmSigner()).toMatchObject({ address: JUNK_EVM })
    for (const lost of ['first', 'second']) {
      if (lost === 'first') world.vaultStore.bytes = null
      else world.local.values.delete('wallet.vault')
      expect(await wallet.checkPassword(PASSWORD)).toBe(false)
      expect(await wallet.checkPassword(NEW_PASSWORD)).toBe(true)
    }
    expect(await world.start().reveal(NEW_PASSWORD, 'phrase')).toBe(JUNK_PHRASE)
  })

  it('refuses a weak new password before the old one is tried', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    const runs = world.kdfRuns
    await expect(wallet.changePassword(PASSWORD, 'short')).rejects.toMatchObject({ reason: 'invalid-body' })
    expect(world.kdfRuns).toBe(runs)
  })
})

describe('reveal', () => {
  it('gives phrase and keys as other wallets import them', async () => {
    const { wallet } = await makeWalletWorld('locked')
    expect(await wallet.reveal(PASSWORD, 'phrase')).toBe(JUNK_PHRASE)
    expect(await wallet.reveal(PASSWORD, 'evm-key')).toBe(
      '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
    )
    expect((await wallet.status()).kind).toBe('locked')
    const solanaKey = (await wallet.reveal(PASSWORD, 'solana-key')) ?? ''
    const other = makeWorld().start()
    await other.create({ kind: 'solana-key', key: solanaKey }, PASSWORD, { phraseChecked: true })
    const [here, there] = [await wallet.status(), await other.status()]
    expect(
      'addresses' in here && 'addresses' in there && here.addresses.solana === there.addresses.solana,
    ).toBe(true)
    await expect(other.reveal(PASSWORD, 'phrase')).rejects.toMatchObject({
      facts: { problem: 'no-such-secret' },
    })
  })

  it('marks the words as checked in both copies', async () => {
    const world = makeWorld()
    const wallet = world.start()
    await wallet.create({ kind: 'phrase', phrase: JUNK_PHRASE }, PASSWORD, { phraseChecked: false })
    expect(await wallet.status()).toMatchObject({ phraseChecked: false })
    await wallet.markPhraseChecked()
    world.vaultStore.bytes = null
    expect(await world.start().status()).toMatchObject({ kind: 'unlocked', phraseChecked: true })
  })
})
