/** What a store holds by key. */
export interface KeyedStore<T> {
  get(key: string): Promise<T>
  set(key: string, value: T): Promise<void>
  delete(key: string): Promise<void>
}

/**
 * The same store with what was read or written kept in memory. Right only where nobody else writes these keys while this
 * worker lives. `nothing` is what a missing key reads as. A value counts as written once the store said so; where a write
 * fails, the store is asked again.
 */
export function remember<T>(store: KeyedStore<T>, nothing: T): KeyedStore<T> {
  const known = new Map<string, Promise<T>>()
  /** Writes on their way; the store takes them in the order in which they were begun. */
  const writing = new Map<string, { count: number; newest: symbol }>()

  function get(key: string): Promise<T> {
    const value = known.get(key)
    if (value !== undefined) return value
    const read = store.get(key)
    // What is being written meanwhile may or may not be in what was read.
    if (writing.has(key)) return read
    known.set(key, read)
    read.catch(() => {
      if (known.get(key) === read) known.delete(key)
    })
    return read
  }

  async function change(key: string, value: T, write: () => Promise<void>): Promise<void> {
    const mine = Symbol(key)
    const pending = { count: (writing.get(key)?.count ?? 0) + 1, newest: mine }
    known.delete(key)
    writing.set(key, pending)
    let failed = true
    try {
      await write()
      failed = false
    } finally {
      const now = writing.get(key) ?? pending
      if (now.count > 1) writing.set(key, { ...now, count: now.count - 1 })
      else writing.delete(key)
      if (!failed && now.newest === mine) known.set(key, Promise.resolve(value))
    }
  }

  return {
    get,
    set: (key, value) => change(key, value, () => store.set(key, value)),
    delete: (key) => change(key, nothing, () => store.delete(key)),
  }
}
