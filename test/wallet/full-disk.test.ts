import { describe, expect, it } from 'vitest'
import { BACK_OFF_KEY } from '../../src/wallet/back-off.ts'
import { VAULT_TEXT_KEY } from '../../src/wallet/copies.ts'
import { UNLOCKED_KEY } from '../../src/wallet/unlocked-state.ts'
import { JUNK_PHRASE, makeWalletWorld, makeWorld, PASSWORD } from './fakes.ts'

const SOURCE = { kind: 'phrase', phrase: JUNK_PHRASE } as const

describe('a full disk', () => {
  it('lets no wallet be made that is nowhere, and is no obstacle later', async () => {
    const world = makeWorld()
    const wallet = world.start()
    world.vaultStore.failing = 'writes'
    world.local.failing.add(VAULT_TEXT_KEY)
    await expect(wallet.create(SOURCE, PASSWORD, { phraseChecked: true })).rejects.toThrow('quota')
    expect(await wallet.status()).toEqual({ kind: 'none' })
    world.vaultStore.failing = 'no'
    world.local.failing.clear()
    expect((await wallet.create(SOURCE, PASSWORD, { phraseChecked: true })).kind).toBe('unlocked')
  })

  it('leaves a wallet locked that cannot note its unlock', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    const told = world.announced.length
    world.session.failing.add(UNLOCKED_KEY)
    await expect(wallet.unlock(PASSWORD)).rejects.toThrow('quota')
    expect((await wallet.status()).kind).toBe('locked')
    await expect(wallet.evmSigner()).rejects.toMatchObject({ reason: 'wallet-locked' })
    expect(world.announced.slice(told).filter((untilMs) => untilMs > 0)).toEqual([])
    world.session.failing.clear()
    expect((await wallet.unlock(PASSWORD)).kind).toBe('unlocked')
  })

  it('gives no free guesses: what cannot be counted is not tried, by unlock or reveal', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    const runs = world.kdfRuns
    world.local.failing.add(BACK_OFF_KEY)
    await expect(wallet.unlock('not the password')).rejects.toThrow('quota')
    await expect(wallet.reveal(PASSWORD, 'phrase')).rejects.toThrow('quota')
    expect(world.kdfRuns).toBe(runs)
    world.local.failing.clear()
    expect(await wallet.reveal(PASSWORD, 'phrase')).toBe(JUNK_PHRASE)
  })
})
