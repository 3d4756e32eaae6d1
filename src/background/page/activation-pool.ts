import { ACTIVATION_MS, type Activation } from '../../protocol/page-messages.ts'

/** The unused clicks and key presses of one document, as its bridge counted them. */
export interface ActivationPool {
  add(activations: readonly Activation[]): void
  has(): boolean
  /** The number of the one that is now used up, or null. */
  take(): number | null
}

export function createActivationPool(clock: { monotonicMs(): number }): ActivationPool {
  const known = new Map<number, { readonly atMs: number; used: boolean }>()
  const oldest = () =>
    [...known].find(([, entry]) => !entry.used && clock.monotonicMs() - entry.atMs < ACTIVATION_MS)
  return {
    add(activations) {
      const now = clock.monotonicMs()
      for (const [number, entry] of known) if (now - entry.atMs > 2 * ACTIVATION_MS) known.delete(number)
      for (const [number, ageMs] of activations)
        if (!known.has(number)) known.set(number, { atMs: now - ageMs, used: false })
    },
    has: () => oldest() !== undefined,
    take() {
      const found = oldest()
      if (!found) return null
      found[1].used = true
      return found[0]
    },
  }
}
