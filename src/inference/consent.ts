/** A decision to pay, and what it needs to be made. */
import type { AtomicAmount } from '../domain/amount.ts'
import type { Approval } from '../domain/approval.ts'
import type { Addresses } from '../wallet/wallet.ts'
import type { ApprovalMemory } from './approval-memory.ts'
import type { ClockCheck } from './clock-check.ts'
import type { Openings } from './openings.ts'
import type { InferenceDeps } from './ports.ts'
import type { QuoteBook } from './quote-book.ts'
import type { Reserved } from './reservation.ts'
import type { Sessions } from './sessions.ts'
import type { Terms } from './terms.ts'
import type { Unsent } from './unsent.ts'

/** A decision to pay, with the terms that it was made on. */
export interface Consent {
  readonly terms: Terms
  readonly booking: 'budget' | 'outside'
  readonly grantRevision: number | null
  readonly approval: Approval | null
  readonly addresses: Addresses
  /** What counts against the site's budget. */
  readonly held: AtomicAmount
  /** What the signed allowance that goes with the payment is for, in atomic units; null without one. */
  readonly allowance: AtomicAmount | null
  /** The payment, where it was reserved by the very transaction that decided. */
  readonly reserved: Reserved | null
}

export interface ConsentDeps extends InferenceDeps {
  readonly clockCheck: ClockCheck
  readonly memory: ApprovalMemory
  /** Gateways whose pinned payee a 402 has contradicted: their offer is read before anything is signed. */
  readonly doubts: Set<string>
  readonly quotes: QuoteBook
  readonly sessions: Sessions
  readonly openings: Openings
  readonly unsent: Unsent
}
