/** At most `calls` within `windowMs` under one name: a sliding window on a clock that only runs forward. */
export function createRateLimit(
  limit: { readonly calls: number; readonly windowMs: number },
  clock: { monotonicMs(): number },
) {
  const times = new Map<string, number[]>()
  return {
    /** False: one too many. A refused call does not count. */
    allows(name: string): boolean {
      const now = clock.monotonicMs()
      const recent = (times.get(name) ?? []).filter((atMs) => now - atMs < limit.windowMs)
      const allowed = recent.length < limit.calls
      if (allowed) recent.push(now)
      times.set(name, recent)
      return allowed
    },
  }
}
