import { describe, expect, it } from 'vitest'
import { JUNK_PHRASE, makeWalletWorld, PASSWORD } from './fakes.ts'
import { firstCopy, JUNK_EVM, setSecond } from './vault-copies.ts'

describe('export and import of the vault', () => {
  it('brings the wallet to another browser, locked, under its own password', async () => {
    const from = await makeWalletWorld('unlocked')
    const bytes = await from.wallet.exportVault()
    const to = await makeWalletWorld('locked')
    await to.wallet.reset()
    const status = await to.wallet.importVault(bytes ?? new Uint8Array(), { replace: false })
    expect(status).toMatchObject({ kind: 'locked', addresses: { evm: JUNK_EVM }, hasPhrase: true })
    expect(await to.wallet.reveal(PASSWORD, 'phrase')).toBe(JUNK_PHRASE)
  })

  it('leaves the same wallet as it is, and never replaces another one unasked', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    const old = (await wallet.exportVault()) ?? new Uint8Array()
    await wallet.changePassword(PASSWORD, 'another quiet lunch')
    const before = firstCopy(world)
    expect((await wallet.importVault(old, { replace: false })).kind).toBe('unlocked')
    expect(firstCopy(world)).toEqual(before)

    const other = await makeWalletWorld('locked')
    await other.wallet.reset()
    const phrase = other.wallet.newPhrase()
    await other.wallet.create({ kind: 'phrase', phrase }, PASSWORD, { phraseChecked: true })
    const kept = firstCopy(other.world)
    const importing = other.wallet.importVault(old, { replace: false })
    await expect(importing).rejects.toMatchObject({ facts: { problem: 'another-wallet' } })
    expect(firstCopy(other.world)).toEqual(kept)
    expect((await other.wallet.status()).kind).toBe('unlocked')
  })

  it('replaces when asked, locks, and a crash between the copies still ends with the new one', async () => {
    const from = await makeWalletWorld('unlocked')
    const bytes = (await from.wallet.exportVault()) ?? new Uint8Array()
    const to = await makeWalletWorld('locked')
    await to.wallet.reset()
    const phrase = to.wallet.newPhrase()
    await to.wallet.create({ kind: 'phrase', phrase }, PASSWORD, { phraseChecked: true })
    const replaced = firstCopy(to.world)
    expect((await to.wallet.importVault(bytes, { replace: true })).kind).toBe('locked')
    expect([to.world.session.values.size, to.world.announced.at(-1)]).toEqual([0, 0])
    setSecond(to.world, replaced)
    expect(await to.world.start().reveal(PASSWORD, 'phrase')).toBe(JUNK_PHRASE)
  })

  it('refuses what is no vault, and a damaged wallet in the way', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    const bytes = firstCopy(world)
    const cut = wallet.importVault(bytes.slice(0, -1), { replace: true })
    await expect(cut).rejects.toMatchObject({ facts: { problem: 'vault-unreadable' } })
    world.vaultStore.bytes = bytes.slice(1)
    setSecond(world, bytes.slice(1))
    const unasked = wallet.importVault(bytes, { replace: false })
    await expect(unasked).rejects.toMatchObject({ facts: { problem: 'wallet-damaged' } })
    expect((await wallet.importVault(bytes, { replace: true })).kind).toBe('locked')
    expect(await wallet.reveal(PASSWORD, 'phrase')).toBe(JUNK_PHRASE)
  })
})
