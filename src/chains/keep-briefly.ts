import type { Clock } from './ports.ts'

/**
 * Keeps what was read for a while, and lets callers that come meanwhile share one read. A failed read is not kept. A
 * caller may want it fresher than others do.
 */
export function keepBriefly<K, T>(
  clock: Clock,
  maxAgeMs: number,
  read: (key: K) => Promise<T>,
): (key: K, freshForMs?: number) => Promise<T> {
  const kept = new Map<K, { readonly atMs: number; readonly value: Promise<T> }>()
  return (key, freshForMs = maxAgeMs) => {
    const found = kept.get(key)
    const ageMs = clock.nowMs() - (found?.atMs ?? 0)
    if (found && ageMs >= 0 && ageMs <= freshForMs) return found.value
    const value = read(key)
    const entry = { atMs: clock.nowMs(), value }
    kept.set(key, entry)
    value.catch(() => {
      if (kept.get(key) === entry) kept.delete(key)
    })
    return value
  }
}
