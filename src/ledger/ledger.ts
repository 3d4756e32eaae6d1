import type { AtomicAmount } from '../domain/amount.ts'
import type { Approval } from '../domain/approval.ts'
import type {
  Budget,
  Grant,
  GrantMode,
  Guards,
  Limits,
  Period,
  SettlementMode,
  Sums,
} from '../domain/budget.ts'
import type { Currency } from '../domain/currency.ts'
import type { PaymentNetwork } from '../domain/network.ts'
import type {
  AnswerState,
  ChainCheck,
  Payment,
  PinnedTerms,
  Proof,
  RequestRow,
  SettledBy,
  SignedAttempt,
  Transfer,
  Usage,
} from '../domain/payment.ts'
import type { PeriodBounds } from '../domain/period.ts'
import type { Principal } from '../domain/principal.ts'
import type { RefuseReason } from '../domain/spend-policy.ts'

/** What `reserve` writes, with every id and nonce already chosen. */
export interface Reservation {
  readonly payment: Pick<
    Payment,
    | 'id'
    | 'scheme'
    | 'method'
    | 'account'
    | 'network'
    | 'asset'
    | 'currency'
    | 'gatewayId'
    | 'payTo'
    | 'maximum'
    | 'nonce'
  >
  readonly request: Pick<
    RequestRow,
    | 'id'
    | 'principal'
    | 'idempotencyKey'
    | 'bodyHash'
    | 'gatewayId'
    | 'model'
    | 'expected'
    | 'max'
    | 'held'
    | 'settlement'
  >
  /** Where the request is booked: in the principal's budget, or outside of it by a yes for once. */
  readonly booking: 'budget' | 'outside'
  /** The grant's revision that was decided upon; null where there was no grant. Another one refuses. */
  readonly grantRevision: number | null
  /** A yes that lifts the budget's caps (never the person's limits) for this request. */
  readonly approval: Approval | null
}

export type ReserveResult =
  | { readonly kind: 'reserved'; readonly payment: Payment; readonly request: RequestRow }
  /** The idempotency key is taken: the row that has it, and its payment. */
  | { readonly kind: 'exists'; readonly request: RequestRow; readonly payment: Payment }
  | { readonly kind: 'refused'; readonly reason: RefuseReason | 'over-budget' }

/** What must be known to look up the caps before a decision. */
export interface ReserveQuery {
  readonly principal: Principal
  readonly currency: Currency
  readonly idempotencyKey: string
}

/** What a decision inside the transaction leads to: a reservation, or nothing (with whatever the caller wants to know). */
export type ReserveDecision<Why> =
  | { readonly kind: 'reserve'; readonly reservation: Reservation }
  | { readonly kind: 'stop'; readonly why: Why }

/** A session that takes no further request: its payment is not presented, or its end is known already. */
export type SessionReserveResult = ReserveResult | { readonly kind: 'session-over' }

/** A fresh decision upon a further offer for a payment; without it that of the reservation stands. */
export type PresentDecision = Pick<Reservation, 'booking' | 'grantRevision' | 'approval'>

export type PresentResult =
  | { readonly kind: 'presented'; readonly payment: Payment }
  /** Freeze, lock, or a grant changed since: the payment is released in the same transaction if it never left. */
  | { readonly kind: 'refused'; readonly reason: RefuseReason | 'over-budget' | 'no-such-payment' }

export interface SpendView {
  readonly grant: Grant | null
  readonly guards: Guards
  readonly today: Sums
  readonly period: Sums
}

/** One cap with its use, for meters. */
export interface BudgetUse {
  readonly budget: Budget
  readonly used: Sums
  /** cap − settled − live; zero where a lowered cap is already passed. */
  readonly remaining: AtomicAmount
  readonly renewsAtMs: number | null
}

export interface HistoryRow {
  readonly request: RequestRow
  readonly payment: Payment
}

export interface HistoryFilter {
  readonly principal?: Principal
  readonly model?: string
  readonly gatewayId?: string
  readonly currency?: Currency
  readonly money?: RequestRow['money']
  readonly settledBy?: SettledBy
  readonly answer?: RequestRow['answer']
  readonly fromMs?: number
  /** Exclusive. */
  readonly toMs?: number
  /** Case-insensitive, over principal, model, gateway, transaction and ids. */
  readonly text?: string
  /** Gateways whose name the text is found in: the ledger knows their ids only. */
  readonly textGatewayIds?: readonly string[]
}

export interface HistoryPage {
  readonly rows: readonly HistoryRow[]
  /** Pass as `before` for the next page; null at the end. */
  readonly next: string | null
}

export interface DayTotal {
  readonly dayStartMs: number
  readonly currency: Currency
  readonly settled: AtomicAmount
  readonly live: AtomicAmount
  readonly count: number
}

export interface RequestPatch {
  readonly answer?: AnswerState
  readonly error?: string | null
  readonly usage?: Usage | null
  readonly proof?: Proof
  readonly settlement?: { readonly mode: SettlementMode; readonly reference: string | null } | null
  readonly finishedAtMs?: number
}

/** Why the ledger changed; enough for a screen or a page event to know what to read again. */
export interface LedgerChange {
  readonly kind: 'payment' | 'request' | 'grant' | 'guards' | 'transfer' | 'pins' | 'proof'
  readonly principal: Principal | null
  readonly id: string | null
}

/** Sole writer of what was spent and of what may be. Every method is one IndexedDB transaction. */
export interface Ledger {
  /** Everything that a decision needs, in one read transaction. `period` is the use of the principal's budget in `currency`. */
  view(principal: Principal, currency: Currency): Promise<SpendView>
  /**
   * Checks every cap and writes payment, request and totals in one strict transaction. Nothing lies between check and
   * write. The same request id may be reserved again after its payment was released; its row then gets the new payment.
   */
  reserve(reservation: Reservation): Promise<ReserveResult>
  /**
   * `view`, a decision upon it and `reserve` in one transaction: for what is paid without a question, in half the time.
   * `decide` is synchronous and pure; `stop` writes nothing. A taken idempotency key is found after the decision.
   */
  decideAndReserve<Why>(
    query: ReserveQuery,
    decide: (view: SpendView) => ReserveDecision<Why>,
  ): Promise<ReserveResult | { readonly kind: 'stop'; readonly why: Why }>
  /** A further request on a presented or settled-by-nobody `upto` payment (a session): holds `held` against its budget only. */
  reserveInSession(
    reservation: Omit<Reservation, 'payment'> & { readonly paymentId: string },
  ): Promise<SessionReserveResult>
  /**
   * Reads freeze, unlock deadline, grant revision and the person's limits again and writes the signed bytes, strict. An
   * attempt above `maximum` is checked against every cap first; one above the quote's maximum or to another payee needs
   * a yes that covers it. `decision`: where a further offer went through `decideSpend` again.
   */
  present(paymentId: string, attempt: SignedAttempt, decision?: PresentDecision): Promise<PresentResult>
  /**
   * Moves a payment and its (exact) request to settled; idempotent; the chain's word overrides the gateway's. By the
   * gateway's word the whole maximum goes on counting. A gateway's word on `upto` is noted and moves nothing.
   */
  settle(
    paymentId: string,
    by: SettledBy,
    facts: { readonly charged: AtomicAmount; readonly transaction: string | null },
  ): Promise<void>
  /** Books the reported cost of one request in an `upto` session: at most what it held. */
  settleRequest(requestId: string, cost: AtomicAmount): Promise<void>
  /**
   * Frees what a further request of a session holds: only where the gateway did not take it up. It may be reserved
   * again. The request that opened the session keeps its hold until the payment's end.
   */
  releaseRequest(requestId: string): Promise<void>
  /** Reserved: at once. Presented or settled by the gateway's word: only with proof, which the caller has. */
  release(paymentId: string): Promise<void>
  patchRequest(requestId: string, patch: RequestPatch): Promise<void>
  noteCheck(paymentId: string, check: ChainCheck): Promise<void>
  getPayment(id: string): Promise<Payment | null>
  getRequest(id: string): Promise<HistoryRow | null>
  findByKey(principal: Principal, idempotencyKey: string): Promise<HistoryRow | null>
  /** reserved and presented ones, and those settled by the gateway's word only, oldest first. */
  unfinished(): Promise<readonly Payment[]>
  requestsOf(paymentId: string): Promise<readonly RequestRow[]>

  getGrant(principal: Principal): Promise<Grant | null>
  listGrants(): Promise<readonly Grant[]>
  /** Creates or edits; the revision grows. A budget without `id` is new; with the current `id` it is an edit. */
  putBudget(
    principal: Principal,
    budget: Omit<Budget, 'id'> & { readonly id?: string },
    /** Set in the same transaction; left as it is where none is given. */
    mode?: GrantMode,
  ): Promise<Grant>
  setMode(principal: Principal, mode: GrantMode): Promise<Grant>
  setSettlement(principal: Principal, mode: SettlementMode | null): Promise<Grant>
  /** Without a currency: the whole grant. */
  revoke(principal: Principal, currency?: Currency): Promise<void>
  budgetUse(principal: Principal): Promise<readonly BudgetUse[]>

  getGuards(): Promise<Guards>
  setLimits(limits: Limits): Promise<Guards>
  /** Limits decided upon those that hold in the very transaction; null writes nothing. `decide` is synchronous and pure. */
  changeLimits(decide: (now: Limits) => Limits | null): Promise<Guards | null>
  setFrozen(frozen: boolean): Promise<Guards>
  setUnlockedUntil(untilMs: number): Promise<Guards>

  getPins(gatewayId: string): Promise<readonly PinnedTerms[]>
  putPin(pin: PinnedTerms): Promise<void>
  dropPins(gatewayId: string, network?: PaymentNetwork): Promise<void>
  /** Whether the newest proof of this gateway failed. */
  lastProofFailed(gatewayId: string): Promise<boolean>
  clearProofFailure(gatewayId: string): Promise<void>

  putTransfer(transfer: Transfer): Promise<void>
  listTransfers(options: { readonly limit: number; readonly before?: string }): Promise<readonly Transfer[]>
  unfinishedTransfers(): Promise<readonly Transfer[]>

  /**
   * Newest first, at most `limit` (≤ 200), starting before the cursor; by indexes, never a scan of everything for the
   * plain cases. A search that looks at very many rows returns what it found so far: go on while `next` is not null.
   */
  history(
    filter: HistoryFilter,
    options: { readonly limit: number; readonly before?: string },
  ): Promise<HistoryPage>
  countHistory(): Promise<number>
  today(): Promise<Readonly<Record<Currency, Sums>>>
  /** Per local day, newest `days`, for everything or one scope. */
  daily(scope: DailyScope, days: number): Promise<readonly DayTotal[]>
  /** The request that cost most since a time, unix ms; looks at the 1,000 dearest ones at most. Null: none. */
  dearest(currency: Currency, fromMs: number): Promise<HistoryRow | null>
  /** Names seen so far, for filters. */
  seen(): Promise<{
    readonly principals: readonly Principal[]
    readonly models: readonly string[]
    readonly gateways: readonly string[]
  }>

  exportAll(): Promise<LedgerDump>
  /** Adds rows that are not there; grants come in paused; recomputes totals from rows. Returns what was added. */
  merge(dump: LedgerDump): Promise<{
    readonly payments: number
    readonly requests: number
    readonly transfers: number
    readonly grants: number
  }>
  /** Forgets everything: only for a wallet reset. */
  wipe(): Promise<void>
  onChange(listener: (change: LedgerChange) => void): () => void
}

export type DailyScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'principal'; readonly principal: Principal }
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'gateway'; readonly gatewayId: string }

/** Everything in the ledger as JSON-safe rows (amounts as decimal strings), with the schema's version. */
export interface LedgerDump {
  readonly version: number
  readonly payments: readonly unknown[]
  readonly requests: readonly unknown[]
  readonly transfers: readonly unknown[]
  readonly grants: readonly unknown[]
  readonly limits: unknown
  readonly pins: readonly unknown[]
}

export type { PeriodBounds }
export type PeriodOf = (period: Period, nowMs: number) => PeriodBounds
