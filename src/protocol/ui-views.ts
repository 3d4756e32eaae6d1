/** What screens get: JSON-safe views. Amounts are decimal strings in atomic units of the named currency; times are unix ms. */
import type { GrantMode, PayingMode, Period, SettlementMode } from '../domain/budget.ts'
import type { Currency } from '../domain/currency.ts'
import type { PaymentNetwork } from '../domain/network.ts'
import type { ChainCheck, PaymentState, Proof, Scheme, SettledBy, Usage } from '../domain/payment.ts'
import type { AskReason } from '../domain/spend-policy.ts'

export interface WalletView {
  readonly kind: 'none' | 'damaged' | 'locked' | 'unlocked'
  readonly evm: string | null
  readonly solana: string | null
  readonly phraseChecked: boolean
  readonly hasPhrase: boolean
  readonly retryAtMs: number | null
  readonly untilMs: number | null
}

export type UnlockView =
  | { readonly kind: 'unlocked'; readonly untilMs: number }
  | { readonly kind: 'wrong-password'; readonly retryAtMs: number | null }
  | { readonly kind: 'wait'; readonly retryAtMs: number }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'none' }

/** A cap with its use; remaining is '0' where a lowered cap is passed. */
export interface MeterView {
  readonly currency: Currency
  readonly cap: string
  readonly settled: string
  readonly live: string
  readonly remaining: string
  readonly period: Period
  readonly renewsAtMs: number | null
}

export interface BalanceView {
  readonly network: PaymentNetwork
  /** null: the native coin. */
  readonly currency: Currency | null
  readonly asset: string
  /** 'ETH', 'SOL' or the currency's name. */
  readonly symbol: string
  readonly decimals: number
  /** Last amount that was read; null: never. */
  readonly amount: string | null
  readonly atMs: number | null
  /** The newest read failed; `amount` is older. */
  readonly failed: boolean
}

export interface HomeView {
  readonly wallet: WalletView
  readonly frozen: boolean
  readonly online: boolean
  /** Currencies that are enabled: today's use against the person's own day limit. */
  readonly today: readonly MeterView[]
  readonly latest: readonly HistoryRowView[]
  readonly approvalsWaiting: number
  readonly livePayments: number
  /** The site of the given tab, where it may have the API. */
  readonly site: SiteView | { readonly principal: string; readonly known: false } | null
}

export interface GuardsView {
  readonly frozen: boolean
  readonly limits: Readonly<
    Record<Currency, { readonly enabled: boolean; readonly maxPerRequest: string; readonly perDay: string }>
  >
}

export interface BudgetView extends MeterView {
  readonly id: string
  readonly maxPerRequest: string
  readonly models: 'all' | readonly string[]
  readonly expiresAtMs: number | null
}

export interface SiteView {
  /** Origin, or 'panel'. */
  readonly principal: string
  readonly mode: GrantMode
  /** What it goes back to after a pause. */
  readonly resumesTo: PayingMode
  readonly budgets: readonly BudgetView[]
  readonly settlement: SettlementMode | null
  readonly lastUsedAtMs: number | null
}

export interface PaymentView {
  readonly id: string
  readonly scheme: Scheme
  readonly network: PaymentNetwork
  readonly asset: string
  readonly payTo: string
  readonly account: string
  readonly maximum: string
  readonly state: PaymentState
  readonly charged: string | null
  readonly settledBy: SettledBy | null
  readonly transaction: string | null
  readonly reservedAtMs: number
  readonly presentedAtMs: number | null
  readonly endedAtMs: number | null
  /** When the hold ends at the latest if nothing is charged; null on Solana and before signing. */
  readonly holdUntilMs: number | null
  readonly check: ChainCheck | null
}

export interface HistoryRowView {
  readonly id: string
  readonly principal: string
  readonly gatewayId: string
  readonly gatewayName: string
  readonly model: string
  readonly currency: Currency
  readonly expected: string | null
  readonly max: string
  readonly cost: string | null
  /** The gateway's own word on the cost; null under `exact`, and where it said nothing. */
  readonly reported: string | null
  readonly held: string
  readonly money: 'live' | 'settled' | 'released'
  readonly settledBy: SettledBy | null
  readonly answer: 'paying' | 'streaming' | 'answered' | 'failed'
  readonly error: string | null
  readonly createdAtMs: number
  readonly finishedAtMs: number | null
  readonly usage: Usage | null
  readonly proof: Proof
  readonly settlement: { readonly mode: SettlementMode; readonly reference: string | null } | null
  readonly outsideBudget: boolean
  readonly prompt: string | null
  readonly payment: PaymentView
}

export interface HistoryPageView {
  readonly rows: readonly HistoryRowView[]
  readonly next: string | null
}

export interface DailyView {
  readonly dayStartMs: number
  readonly currency: Currency
  /** 'all', or the origin, model or gateway. */
  readonly name: string
  readonly settled: string
  readonly live: string
  readonly count: number
}

export interface GatewayView {
  readonly id: string
  readonly kind: 'jumpgate' | 'opengradient' | 'openai-compatible'
  readonly name: string
  readonly baseUrl: string
  readonly extraHeaderNames: readonly string[]
  readonly models: readonly string[]
  readonly builtIn: boolean
  readonly enabled: boolean
}

export interface ModelView {
  /** What a page or the panel names: `model`, or `gateway/model` where two share a name. */
  readonly name: string
  readonly id: string
  readonly gatewayId: string
  readonly gatewayName: string
  readonly currency: Currency
  readonly contextLength: number | null
  /** Whole units per million tokens, decimal strings, as published; null where unknown. */
  readonly price: { readonly input: string; readonly output: string; readonly unit: 'USD' | Currency } | null
  readonly proof: 'tee' | 'ambient' | 'none'
  readonly enabled: boolean
}

/** What a free 402 offered. */
export interface ProbeView {
  readonly offers: readonly {
    readonly network: PaymentNetwork
    readonly currency: Currency
    readonly amount: string
    readonly payTo: string
  }[]
  /** What this wallet does not have of other offers, with the server's own value. */
  readonly skipped: readonly {
    readonly what: 'network' | 'scheme' | 'asset' | 'method' | 'flow'
    readonly value: string
  }[]
  readonly streams: boolean | null
}

export interface TransferReviewView {
  readonly reviewId: string
  readonly kind: 'send' | 'allowance'
  readonly network: PaymentNetwork
  readonly asset: string
  readonly symbol: string
  readonly decimals: number
  readonly from: string
  readonly to: string
  readonly amount: string
  readonly maxFee: string
  readonly feeSymbol: 'ETH' | 'SOL'
  readonly feeDecimals: number
  /** What is missing for the fee; the password is not asked then. */
  readonly missingFee: string | null
  readonly createsAccount: boolean
  readonly warnings: readonly ('own-address' | 'token-address' | 'contract-address' | 'first-time')[]
  readonly goodUntilMs: number
}

/** A transaction in the place of one that hangs, before it is signed. */
export interface ReplacementReviewView {
  readonly reviewId: string
  /** transfer: the same with a higher fee. cancel: nothing in its place. */
  readonly does: 'transfer' | 'cancel'
  readonly network: PaymentNetwork
  readonly from: string
  readonly maxFee: string
  readonly feeSymbol: 'ETH' | 'SOL'
  readonly feeDecimals: number
  readonly missingFee: string | null
  readonly goodUntilMs: number
}

export interface TransferView {
  readonly id: string
  readonly kind: 'send' | 'allowance'
  readonly network: PaymentNetwork
  readonly asset: string
  readonly symbol: string
  readonly decimals: number
  readonly to: string
  readonly amount: string
  readonly fee: string | null
  readonly state: 'signed' | 'sent' | 'confirmed' | 'failed'
  /** What was signed last for it: the transfer, or its cancellation. */
  readonly doing: 'transfer' | 'cancel'
  /** Whether it can be sped up or cancelled while it has no end. */
  readonly replaceable: boolean
  readonly transaction: string | null
  readonly reason: string | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

export interface BackupSummary {
  readonly createdAtMs: number
  readonly evm: string | null
  readonly solana: string | null
  /** Compared with the wallet here. */
  readonly wallet: 'same' | 'other' | 'none-here' | 'none-inside'
  readonly payments: number
  readonly requests: number
  readonly transfers: number
  readonly grants: number
  /** Without them the counts above say nothing. */
  readonly books: 'inside' | 'none-inside'
  readonly gateways: number
  /** Settings and gateways compared with those here, servers aside. */
  readonly settings: 'same' | 'other' | 'none-inside'
  /** Addresses of servers that are not asked here now. */
  readonly servers: readonly string[]
  /** Rows that were not here when the file was looked into. */
  readonly adds: {
    readonly payments: number
    readonly requests: number
    readonly transfers: number
    readonly grants: number
  }
}

/** What the approval window shows: facts first. One immutable content per digest. */
export interface ApprovalView {
  readonly id: string
  /** Of everything below; what is approved is this. */
  readonly digest: string
  readonly kind: 'request' | 'budget'
  readonly principal: string
  /**
   * quoting: the price is on its way. offer: the payee is not known yet, approving is disabled. ready: may be approved.
   * Others say what must happen first, in the same window.
   */
  readonly state:
    | 'quoting'
    | 'offer'
    | 'ready'
    | 'locked'
    | 'no-wallet'
    | 'insufficient-funds'
    | 'currency-off'
    | 'allowance-missing'
    | 'offline'
    | 'failed'
  readonly failure: string | null
  readonly reasons: readonly AskReason[]
  readonly request: {
    readonly model: string
    readonly gatewayId: string
    readonly gatewayName: string
    readonly currency: Currency
    readonly network: PaymentNetwork
    readonly payTo: string | null
    readonly expected: string | null
    readonly max: string | null
    readonly inputTokens: number | null
    readonly maxOutputTokens: number | null
    /** The body named no output limit; ours was put in. */
    readonly limitAdded: boolean
    readonly settlement: SettlementMode | null
    /** `upto`: the maximum opens a session that later requests share. */
    readonly opensSession: boolean
    /** The gateway pays the fee of the allowance that is still missing. */
    readonly sponsoredAllowance: string | null
    readonly bothNetworksFunded: boolean
  } | null
  /** What the site asks for, with the budget it has now. */
  readonly asked: {
    readonly currency: Currency
    readonly cap: string
    readonly period: Period
    readonly maxPerRequest: string | null
    readonly models: 'all' | readonly string[]
    readonly expiresAtMs: number | null
  } | null
  readonly current: BudgetView | null
  /** Every request of this principal asks, within the budget too. */
  readonly asksEach: boolean
  /** The person's own day limit in this currency. */
  readonly today: MeterView | null
  readonly suggested: { readonly cap: string; readonly period: Period; readonly maxPerRequest: string }
  readonly siteWords: string | null
  readonly balance: string | null
  /** Address to fund on `request.network`. */
  readonly fundAddress: string | null
  readonly waitingBehind: number
  readonly expiresAtMs: number
}

export interface DiagnosticsView {
  readonly version: string
  readonly browser: string
  readonly payments: number
  readonly live: number
  readonly storageBytes: number | null
  readonly lastErrors: readonly { readonly atMs: number; readonly cause: string }[]
}
