/** A cache and a clock that tests hold in their hands. */
import type { ChainCache } from '../../src/chains/ports.ts'

export function makeCache(): ChainCache & { readonly values: Map<string, unknown> } {
  const values = new Map<string, unknown>()
  return {
    values,
    get: async (key) => values.get(key),
    // What is stored must survive JSON.
    set: async (key, value) => void values.set(key, JSON.parse(JSON.stringify(value))),
  }
}

/** The wall clock, moved ahead by hand together with a chain. */
export class MovedClock {
  private aheadMs = 0
  nowMs(): number {
    return Date.now() + this.aheadMs
  }
  move(ms: number): void {
    this.aheadMs += ms
  }
}

/** A clock that stands until it is moved: for bounds that hold to the millisecond. */
export class StillClock {
  private atMs = Date.now()
  nowMs(): number {
    return this.atMs
  }
  move(ms: number): void {
    this.atMs += ms
  }
}
