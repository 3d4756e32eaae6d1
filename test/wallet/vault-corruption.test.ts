import { describe, expect, it } from 'vitest'
import { JUNK_PHRASE, makeWalletWorld, PASSWORD } from './fakes.ts'
import { corruptions, firstCopy, JUNK_EVM, mend, secondCopy, setSecond } from './vault-copies.ts'

describe('2,000 corrupted bytes', () => {
  it('in one copy are all healed from the other, without a KDF run', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    const good = firstCopy(world)
    const runs = world.kdfRuns
    let turn = 0
    for (const bad of corruptions(good, 2000)) {
      if (turn++ % 2 === 0) world.vaultStore.bytes = bad
      else setSecond(world, bad)
      expect((await wallet.status()).kind).toBe('locked')
      expect(Buffer.compare(firstCopy(world), good)).toBe(0)
      expect(Buffer.compare(secondCopy(world), good)).toBe(0)
    }
    expect(world.kdfRuns).toBe(runs)
    expect(await wallet.reveal(PASSWORD, 'phrase')).toBe(JUNK_PHRASE)
  })

  it('in both copies are all refused as damaged, without a KDF run or a write', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    const good = firstCopy(world)
    const [runs, writes] = [world.kdfRuns, world.vaultStore.writes]
    for (const bad of corruptions(good, 2000)) {
      world.vaultStore.bytes = bad
      setSecond(world, bad)
      expect(await wallet.unlock(PASSWORD)).toEqual({ kind: 'damaged' })
    }
    expect([world.kdfRuns, world.vaultStore.writes]).toEqual([runs, writes])
  })

  it('with a mended checksum (100 of them, in both copies) give no wrong key and no reset', async () => {
    const { world, wallet } = await makeWalletWorld('locked')
    const good = firstCopy(world)
    const content = good.subarray(0, good.length - 32)
    const ends = new Map<string, number>()
    const runs = world.kdfRuns
    for (let index = 0; index < 100; index++) {
      const bad = good.slice()
      const position = Math.floor((index * content.length) / 100)
      bad[position] = (bad[position] ?? 0) ^ (1 << (index % 8))
      world.vaultStore.bytes = mend(bad)
      setSecond(world, mend(bad))
      const { kind } = await wallet.unlock(PASSWORD)
      ends.set(kind, (ends.get(kind) ?? 0) + 1)
      // Only what is not bound (revision, the banner's flag) may open, and then to the right key.
      if (kind === 'unlocked') expect((await wallet.evmSigner()).address).toBe(JUNK_EVM)
      expect(['unlocked', 'wrong-password', 'damaged']).toContain(kind)
      expect(world.vaultStore.bytes).toEqual(mend(bad))
      await wallet.lock()
      world.clock.nowMs += 60_000
    }
    expect(world.kdfRuns - runs).toBe((ends.get('wrong-password') ?? 0) + (ends.get('unlocked') ?? 0))
    expect(ends.get('wrong-password')).toBeGreaterThan(75)
  })

  it('with a mended checksum in one copy only: the password finds the right one and both are whole again', async () => {
    for (const place of ['first', 'second'] as const) {
      const { world, wallet } = await makeWalletWorld('locked')
      const good = firstCopy(world)
      const bad = good.slice()
      bad[good.length - 40] = (bad[good.length - 40] ?? 0) ^ 1
      if (place === 'first') world.vaultStore.bytes = mend(bad)
      else setSecond(world, mend(bad))
      expect((await wallet.unlock('wrong password!')).kind).toBe('wrong-password')
      await expect(wallet.markPhraseChecked()).rejects.toMatchObject({ reason: 'wallet-locked' })
      expect((await wallet.unlock(PASSWORD)).kind).toBe('unlocked')
      expect((await wallet.evmSigner()).address).toBe(JUNK_EVM)
      expect(secondCopy(world)).toEqual(Buffer.from(firstCopy(world)))
      expect(await world.start().reveal(PASSWORD, 'phrase')).toBe(JUNK_PHRASE)
    }
  })
})
