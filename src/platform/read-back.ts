import type { KeyedStore } from './remember.ts'

/** The same store, whose writes count only once the store itself gives back what was written: what a cache remembers proves nothing. */
export function readBack(store: KeyedStore<Uint8Array | null>): KeyedStore<Uint8Array | null> {
  return {
    ...store,
    async set(key, bytes) {
      await store.set(key, bytes)
      const written = await store.get(key)
      const isSame =
        bytes !== null && written?.length === bytes.length && bytes.every((byte, at) => byte === written[at])
      if (!isSame) throw new Error('The blob did not read back')
    },
  }
}
