/** What each gateway counted on its own side, for tests that ask the server and not the client. */

/** One request as the server saw it. */
export interface RequestRecord {
  path: string
  /** Unix milliseconds on the server's clock. */
  at: number
  hasPayment: boolean
  payer: string | null
  /** EIP-3009 or Permit2 nonce; null where there is none. */
  nonce: string | null
  /** HTTP status; 0 when the socket was destroyed before an answer. */
  status: number
}

export interface GatewayCounters {
  quote: number
  unpaid402: number
  /** Requests that carried a payment or a session. */
  paid: number
  settled: number
  /** The last 500. */
  requests: RequestRecord[]
  /** The newest paid request as it arrived; empty before the first. */
  lastPaidBody: string
}

export interface Counters {
  of(gateway: string): GatewayCounters
  all(): Record<string, GatewayCounters>
  clear(): void
}

const kept = 500

/** Fresh counters; `of` makes a gateway's on first use, and the object stays the same after `clear`. */
export function createCounters(): Counters {
  const gateways = new Map<string, GatewayCounters>()
  return {
    of(gateway) {
      const found = gateways.get(gateway)
      if (found) return found
      const made: GatewayCounters = {
        quote: 0,
        unpaid402: 0,
        paid: 0,
        settled: 0,
        requests: [],
        lastPaidBody: '',
      }
      gateways.set(gateway, made)
      return made
    },
    all: () => Object.fromEntries(gateways),
    clear() {
      for (const counters of gateways.values()) {
        Object.assign(counters, { quote: 0, unpaid402: 0, paid: 0, settled: 0, lastPaidBody: '' })
        counters.requests.length = 0
      }
    },
  }
}

/** Appends one request and forgets the oldest beyond 500; the record may be completed later. */
export function recordRequest(counters: GatewayCounters, record: RequestRecord): RequestRecord {
  counters.requests.push(record)
  if (counters.requests.length > kept) counters.requests.shift()
  return record
}
