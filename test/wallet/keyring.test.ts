import { describe, expect, it } from 'vitest'
import { createCopies } from '../../src/wallet/copies.ts'
import { createKeyring } from '../../src/wallet/keyring.ts'
import { createUnlockedState } from '../../src/wallet/unlocked-state.ts'
import { makeWalletWorld, random } from './fakes.ts'

async function makeKeyring() {
  const { world } = await makeWalletWorld('unlocked')
  return createKeyring({
    copies: createCopies(world),
    unlocked: createUnlockedState({ ...world, clock: { nowMs: () => world.clock.nowMs }, random }),
    onUnusable: () => Promise.reject(new Error('unexpected')),
  })
}

describe('keyring', () => {
  it('opens the vault once for many signatures', async () => {
    const keyring = await makeKeyring()
    const [a, b] = await Promise.all([keyring.require(), keyring.require()])
    expect(a).toBe(b)
    expect(await keyring.require()).toBe(a)
  })

  it('wipes the key and hands out nothing more once it forgets', async () => {
    const keyring = await makeKeyring()
    const keys = await keyring.require()
    const bytes = keys.evmKey() ?? new Uint8Array(0)
    expect(Buffer.from(bytes).toString('hex')).toMatch(/^ac0974be/)
    keyring.forget()
    expect([...bytes]).toEqual(Array(32).fill(0))
    expect(() => keys.evmKey()).toThrow('wallet-locked')
    expect(() => keys.solanaKey()).toThrow('wallet-locked')
  })

  it('keeps the Solana key where WebCrypto does not give it away', async () => {
    const key = (await (await makeKeyring()).require()).solanaKey()
    expect([key?.extractable, key?.type]).toEqual([false, 'private'])
  })
})
