import { describe, expect, it } from 'vitest'
import { JUNK_PHRASE, makeWalletWorld, makeWorld, PASSWORD } from './fakes.ts'

const SOURCE = { kind: 'phrase', phrase: JUNK_PHRASE } as const
const refused = { reason: 'ledger-failed' }

describe('a guard that cannot be told (its books do not open)', () => {
  it('leaves the wallet locked: an unlock that failed once left it unlocked all the same', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    world.guardFails = true
    await expect(wallet.unlock(PASSWORD)).rejects.toMatchObject(refused)
    expect((await wallet.status()).kind).toBe('locked')
    await expect(wallet.evmSigner()).rejects.toMatchObject({ reason: 'wallet-locked' })
    world.guardFails = false
    expect((await wallet.unlock(PASSWORD)).kind).toBe('unlocked')
  })

  it('keeps nobody from the words and keys, from a new password, nor from the vault itself', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    world.guardFails = true
    const again = world.start()
    expect(await again.reveal(PASSWORD, 'phrase')).toBe(JUNK_PHRASE)
    expect(await again.reveal(PASSWORD, 'evm-key')).toMatch(/^0x[0-9a-f]{64}$/)
    expect(await again.exportVault()).toEqual(await wallet.exportVault())
    const next = 'violet-harbour-stone-42'
    expect(await again.changePassword(PASSWORD, next)).toBe(true)
    expect(await again.reveal(next, 'phrase')).toBe(JUNK_PHRASE)
  })

  it('signs nothing for a worker that starts meanwhile, and signs again once it can be told', async () => {
    const { world } = await makeWalletWorld('unlocked')
    world.guardFails = true
    const again = world.start()
    await expect(again.evmSigner()).rejects.toMatchObject(refused)
    world.guardFails = false
    expect((await again.evmSigner()).address).toMatch(/^0x/)
  })

  it('locks all the same, and says so to whoever listens', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    const heard: string[] = []
    wallet.onChange(({ kind }) => void heard.push(kind))
    world.guardFails = true
    await expect(wallet.lock()).rejects.toMatchObject(refused)
    expect((await wallet.status()).kind).toBe('locked')
    expect(heard).toEqual(['locked'])
  })

  it('lets a wallet be made, which stays locked', async () => {
    const world = makeWorld()
    world.guardFails = true
    const wallet = world.start()
    expect((await wallet.create(SOURCE, PASSWORD, { phraseChecked: true })).kind).toBe('locked')
    expect(await wallet.reveal(PASSWORD, 'phrase')).toBe(JUNK_PHRASE)
  })

  it('lets a wallet be forgotten: a reset once ended before it began', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    world.guardFails = true
    await wallet.reset()
    expect(await wallet.status()).toEqual({ kind: 'none' })
    expect(await world.start().status()).toEqual({ kind: 'none' })
  })
})
