import { describe, expect, it } from 'vitest'
import { VAULT_TEXT_KEY } from '../../src/wallet/copies.ts'
import { JUNK_PHRASE, makeWalletWorld, PASSWORD } from './fakes.ts'
import { firstCopy, JUNK_EVM, secondCopy, setSecond } from './vault-copies.ts'

describe('two copies', () => {
  it('are the same after every write', async () => {
    const { world, wallet } = await makeWalletWorld('unlocked')
    expect(secondCopy(world)).toEqual(Buffer.from(firstCopy(world)))
    await wallet.changePassword(PASSWORD, 'another quiet lunch')
    expect(secondCopy(world)).toEqual(Buffer.from(firstCopy(world)))
  })

  it.each(['first lost', 'second lost', 'first cut', 'second cut', 'second no base64', 'first empty'])(
    'heal: %s',
    async (harm) => {
      const { world } = await makeWalletWorld('locked')
      const good = firstCopy(world)
      if (harm === 'first lost') world.vaultStore.bytes = null
      if (harm === 'first empty') world.vaultStore.bytes = new Uint8Array(0)
      if (harm === 'first cut') world.vaultStore.bytes = good.slice(0, -1)
      if (harm === 'second lost') world.local.values.delete(VAULT_TEXT_KEY)
      if (harm === 'second cut') setSecond(world, good.slice(0, 40))
      if (harm === 'second no base64') world.local.values.set(VAULT_TEXT_KEY, '{"vault":null}')
      const wallet = world.start()
      expect(await wallet.status()).toMatchObject({ kind: 'locked', addresses: { evm: JUNK_EVM } })
      expect([firstCopy(world), new Uint8Array(secondCopy(world))]).toEqual([good, good])
      expect((await wallet.unlock(PASSWORD)).kind).toBe('unlocked')
    },
  )

  it('say so when both are damaged, lose nothing by it, and work again when one comes back', async () => {
    const { world } = await makeWalletWorld('unlocked')
    const good = firstCopy(world)
    world.vaultStore.bytes = good.slice(1)
    setSecond(world, good.slice(2))
    world.restartBrowser()
    const wallet = world.start()
    expect(await wallet.status()).toEqual({ kind: 'damaged' })
    expect(await wallet.unlock(PASSWORD)).toEqual({ kind: 'damaged' })
    await expect(wallet.evmSigner()).rejects.toMatchObject({ reason: 'wallet-locked' })
    await expect(wallet.markPhraseChecked()).rejects.toMatchObject({ reason: 'wallet-missing' })
    expect([world.vaultStore.bytes, new Uint8Array(secondCopy(world))]).toEqual([
      good.slice(1),
      good.slice(2),
    ])
    setSecond(world, good)
    expect((await wallet.unlock(PASSWORD)).kind).toBe('unlocked')
  })

  it('are not "none" while a store cannot be read', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    world.local.values.delete(VAULT_TEXT_KEY)
    world.vaultStore.failing = 'reads'
    await expect(wallet.status()).rejects.toThrow('read failed')
    const create = wallet.create({ kind: 'phrase', phrase: JUNK_PHRASE }, PASSWORD, { phraseChecked: true })
    await expect(create).rejects.toThrow('read failed')
    world.vaultStore.failing = 'no'
    expect((await wallet.unlock(PASSWORD)).kind).toBe('unlocked')
  })

  it('carry a password change on with one store full, and fail it whole with both', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    world.local.failing.add(VAULT_TEXT_KEY)
    expect(await wallet.changePassword(PASSWORD, 'another quiet lunch')).toBe(true)
    world.vaultStore.failing = 'writes'
    await expect(wallet.changePassword('another quiet lunch', 'a third quiet lunch')).rejects.toThrow('quota')
    world.vaultStore.failing = 'no'
    world.local.failing.clear()
    expect(await wallet.checkPassword('a third quiet lunch')).toBe(false)
    expect(await wallet.checkPassword('another quiet lunch')).toBe(true)
    expect(secondCopy(world)).toEqual(Buffer.from(firstCopy(world)))
  })

  it('keep a wallet whole whichever write a crash cuts off during a password change', async () => {
    for (const crashAt of ['before the first', 'between', 'in the first', 'after both']) {
      const { world, wallet } = await makeWalletWorld('locked')
      const old = firstCopy(world)
      await wallet.changePassword(PASSWORD, 'another quiet lunch')
      if (crashAt === 'before the first') world.vaultStore.bytes = old
      if (crashAt === 'in the first') world.vaultStore.bytes = firstCopy(world).slice(0, 100)
      if (crashAt !== 'after both') setSecond(world, old)
      const changed = crashAt === 'between' || crashAt === 'after both'
      const after = world.start()
      expect(await after.checkPassword('another quiet lunch')).toBe(changed)
      expect(await after.checkPassword(PASSWORD)).toBe(!changed)
      expect(secondCopy(world)).toEqual(Buffer.from(firstCopy(world)))
    }
  })
})
