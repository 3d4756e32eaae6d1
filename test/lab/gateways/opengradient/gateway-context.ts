import type { GatewayCounters } from '../../counters.ts'
import type { GatewayFaults } from '../../faults.ts'
import type { Rate } from '../../rates.ts'
import type { Words } from '../words.ts'
import type { Deployment } from './deployments.ts'
import type { Enclaves } from './enclaves.ts'
import type { SessionBook } from './session-book.ts'
import type { Settler } from './settler.ts'
import type { UptoFacilitator } from './upto-facilitator.ts'

/** What a test may change while the gateway runs. */
export interface GatewaySettings {
  /** How long a session is left alone before its sum is settled. */
  idleMs: number
  /** Cap of one payment, atomic OPG. */
  cap: bigint
  /** What one token of prompt or answer costs, atomic OPG. */
  pricePerToken: bigint
  /** The documented deployment by its letter: PAYMENT-SIGNATURE is not read. */
  requireXPaymentOnly: boolean
}

/** Everything that the parts of one running gateway share. */
export interface GatewayContext {
  terms(): Deployment
  settings: GatewaySettings
  faults: GatewayFaults
  counters: GatewayCounters
  book: SessionBook
  settler: Settler
  facilitator: UptoFacilitator
  enclaves: Enclaves
  rate: Rate
  words: Words
  /** Aborted when the gateway closes. */
  closing: AbortSignal
  /** Its own base URL, as the 402's resource shows it. */
  baseUrl(): string
}
