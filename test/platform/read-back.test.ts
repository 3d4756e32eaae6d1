import { describe, expect, it } from 'vitest'
import { readBack } from '../../src/platform/read-back.ts'
import { remember } from '../../src/platform/remember.ts'

/** A store that keeps what `spoil` makes of it. */
function makeStore(spoil: (bytes: Uint8Array) => Uint8Array | null) {
  let kept: Uint8Array | null = null
  return {
    get: async () => kept,
    set: async (_key: string, bytes: Uint8Array | null) => {
      kept = bytes && spoil(bytes)
    },
    delete: async () => {
      kept = null
    },
  }
}

const VAULT = Uint8Array.of(1, 2, 3)

describe('a blob that is remembered', () => {
  it('is read back from its store', async () => {
    const blobs = remember(readBack(makeStore((bytes) => bytes)), null)
    await blobs.set('vault', VAULT)
    expect(await blobs.get('vault')).toEqual(VAULT)
  })

  it.each<[string, (bytes: Uint8Array) => Uint8Array | null]>([
    ['nothing', () => null],
    ['half of it', (bytes) => bytes.slice(0, -1)],
    ['another byte', (bytes) => bytes.map((byte, at) => (at === 2 ? 0 : byte))],
  ])(
    'does not count as written where the store keeps %s, which its memory could not tell',
    async (_, spoil) => {
      const store = makeStore(spoil)
      const blobs = remember(readBack(store), null)
      await expect(blobs.set('vault', VAULT)).rejects.toThrow('did not read back')
      expect(await blobs.get('vault')).toEqual(spoil(VAULT))
    },
  )
})
