import type { AtomicAmount } from '../domain/amount.ts'
import type { Budget, Period, SettlementMode } from '../domain/budget.ts'
import type { Currency } from '../domain/currency.ts'
import type { Cause, Charged, ChatError, Facts, PublicErrorType } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import type { Quote } from '../domain/quote.ts'
import type { AnswerEvent, ChatBody } from '../gateways/gateway.ts'
import type { HistoryRow } from '../ledger/ledger.ts'

/** Where a call came from, as the browser says it; null parts for the side panel. */
export interface Caller {
  readonly principal: Principal
  readonly tabId: number | null
  readonly documentId: string | null
  /** Whether a trusted click or key press of the last 60 s is still unused. */
  hasActivation(): boolean
  /** Uses up the caller's user activation if there is one: true at most once per trusted click or key press. */
  takeActivation(): boolean
  /** False once the document that asked has gone. */
  isAlive(): boolean
}

/** One call for an answer. */
export interface Ask {
  readonly caller: Caller
  readonly body: ChatBody
  /** Null: one is made. */
  readonly idempotencyKey: string | null
  readonly quoteId: string | null
  readonly maxCost: { readonly value: string; readonly currency: Currency } | null
  readonly settlement: SettlementMode | null
  readonly signal: AbortSignal
}

export type AnswerPart =
  | {
      readonly kind: 'started'
      readonly requestId: string
      readonly model: string
      readonly gatewayId: string
      readonly max: { readonly amount: AtomicAmount; readonly currency: Currency }
      readonly paymentResponse: string | null
    }
  | { readonly kind: 'event'; readonly event: AnswerEvent }
  /** Last part of a whole answer. */
  | { readonly kind: 'receipt'; readonly row: HistoryRow }

/** A failed call, with what the caller may know: see docs/PAGE_API.md. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError'
  /** By name: a script that is loaded later carries its own copy of this class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'AnswerError'
  }
  constructor(
    readonly type: PublicErrorType,
    readonly reason: Cause,
    readonly facts: Facts,
    readonly charged: Charged,
    readonly row: HistoryRow | null,
    readonly partial: string | null,
    options?: { cause?: unknown },
  ) {
    super(reason, options)
  }
}

export interface QuoteView {
  readonly id: string
  readonly quote: Quote
  readonly needsApproval: boolean
}

export interface BudgetAsk {
  readonly currency: Currency
  readonly cap: AtomicAmount
  readonly period: Period
  readonly maxPerRequest: AtomicAmount | null
  readonly models: 'all' | readonly string[]
  readonly expiresAtMs: number | null
  /** At most 120 plain characters, already cleaned. */
  readonly siteWords: string | null
}

/** Paid inference from ask to receipt. */
export interface Inference {
  /** Yields events as they come; throws AnswerError. Leaving the loop or aborting the signal stops the upstream request. */
  run(ask: Ask): AsyncGenerator<AnswerPart, void, void>
  quote(ask: Omit<Ask, 'idempotencyKey' | 'quoteId' | 'maxCost' | 'settlement'>): Promise<QuoteView>
  /** Opens the approval window; resolves with what the person granted (maybe less); throws AnswerError. */
  requestBudget(caller: Caller, ask: BudgetAsk, signal: AbortSignal): Promise<Budget>
  /** 'available' only where a call would be silent; a caller without a grant always reads 'needs-approval' for a known model. */
  availability(caller: Caller, model: string | null): Promise<'unavailable' | 'needs-approval' | 'available'>
  /** Prepares what a likely signature will need (keys, code, the curve's table). Never throws, never asks. */
  warm(principal: Principal): Promise<void>
  /** Ends every request whose payment has not left, for `why`. One that may have left goes on: its answer is paid for. */
  endUnsent(why: ChatError): void
  /** Releases what a dead worker reserved and never presented; called once at start, before anything is paid. */
  recover(): Promise<void>
  /** Closes the answers that a dead worker left, then looks at every unfinished payment once; returns when the next look is due, or null when nothing is live. */
  reconcile(): Promise<number | null>
}
