import { describe, expect, it } from 'vitest'
import { deriveBytes } from '../../src/wallet/kdf.ts'
import { COST_CEILING, COST_FLOOR, isAcceptableCost, VAULT_COST } from '../../src/wallet/kdf-cost.ts'
import { ARGON2ID_VECTORS } from './vectors.ts'

const salt = Uint8Array.from(Buffer.from('somesalt'))

describe('key derivation', () => {
  it.each(ARGON2ID_VECTORS)(
    'agrees with the reference implementation at $memoryKib KiB, t = $iterations',
    async (vector) => {
      const { password, memoryKib, iterations, hash } = vector
      const bytes = await deriveBytes(password, { memoryKib, iterations, parallelism: 1, salt })
      expect(Buffer.from(bytes).toString('hex')).toBe(hash)
    },
  )

  it('takes the same password in composed and decomposed form', async () => {
    const composed = await deriveBytes('Brücke über den Fluss', { ...COST_FLOOR, salt })
    const decomposed = await deriveBytes('Brücke über den Fluss'.normalize('NFD'), { ...COST_FLOOR, salt })
    expect(decomposed).toEqual(composed)
  })

  it('ships 64 MiB, three passes, one lane', () => {
    expect(VAULT_COST).toEqual({ memoryKib: 65_536, iterations: 3, parallelism: 1 })
    expect(COST_FLOOR).toEqual({ memoryKib: 19_456, iterations: 2, parallelism: 1 })
  })

  it.each([
    ['the floor', COST_FLOOR, true],
    ['the ceiling', COST_CEILING, true],
    ['one KiB below the floor', { ...COST_FLOOR, memoryKib: 19_455 }, false],
    ['one pass', { ...COST_FLOOR, iterations: 1 }, false],
    ['no lane', { ...COST_FLOOR, parallelism: 0 }, false],
    ['one KiB above the ceiling', { ...COST_CEILING, memoryKib: 262_145 }, false],
    ['4 GiB', { ...VAULT_COST, memoryKib: 2 ** 22 }, false],
    ['four billion passes', { ...VAULT_COST, iterations: 2 ** 32 - 1 }, false],
    ['255 lanes', { ...VAULT_COST, parallelism: 255 }, false],
    ['half a KiB', { ...VAULT_COST, memoryKib: 65_536.5 }, false],
    ['not a number', { ...VAULT_COST, memoryKib: Number.NaN }, false],
  ])('judges %s', async (_, cost, acceptable) => {
    expect(isAcceptableCost(cost)).toBe(acceptable)
    if (!acceptable) await expect(deriveBytes('x', { ...cost, salt })).rejects.toThrow(RangeError)
  })
})
