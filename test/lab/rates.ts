/** How fast each gateway speaks; a test may change it while the lab runs. */

export interface Rate {
  /** Tokens of answer per second; 0 sends them as fast as the socket takes them. */
  tokensPerSecond: number
  /** Delay before every answer's first byte, as a distant server would have it. */
  delayMs: number
}

export interface Rates {
  /** The gateway's rate: one object for its whole life, so that a change is seen at once. */
  of(gateway: string): Rate
  /** Sets what is given and leaves the rest. */
  set(gateway: string, change: Partial<Rate>): void
}

/** Rates that start at 150 tokens a second without delay. */
export function createRates(): Rates {
  const rates = new Map<string, Rate>()
  const of = (gateway: string): Rate => {
    const found = rates.get(gateway)
    if (found) return found
    const made: Rate = { tokensPerSecond: 150, delayMs: 0 }
    rates.set(gateway, made)
    return made
  }
  return { of, set: (gateway, change) => void Object.assign(of(gateway), change) }
}
