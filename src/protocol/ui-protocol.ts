/** What our own pages may ask of the background: one method, one schema, one handler file (src/background/ui/). Pages of the web cannot name these. */
import { z } from 'zod'
import { GRANT_MODES, PERIODS, SETTLEMENT_MODES } from '../domain/budget.ts'
import { CURRENCIES } from '../domain/currency.ts'
import { PAYMENT_NETWORKS } from '../domain/network.ts'
import { type ChatResults, chatParams } from './chat-protocol.ts'
import type { ChatEvent } from './chat-views.ts'
import { FILE_PART_BYTES } from './file-part.ts'
import { atomicText, type Settings, settingsSchema } from './settings.ts'
import type {
  ApprovalView,
  BackupSummary,
  BalanceView,
  DailyView,
  DiagnosticsView,
  GatewayView,
  GuardsView,
  HistoryPageView,
  HistoryRowView,
  HomeView,
  ModelView,
  ProbeView,
  ReplacementReviewView,
  SiteView,
  TransferReviewView,
  TransferView,
  UnlockView,
  WalletView,
} from './ui-views.ts'

/** A secret on its way between our page and the worker: ECDH P-256 + AES-GCM, so that no message holds it. base64 parts. */
export const sealed = z.object({
  publicKey: z.string().max(200),
  iv: z.string().max(40),
  data: z.string().max(20_000),
})
export type Sealed = z.infer<typeof sealed>

const principal = z.string().max(300)
const network = z.enum(PAYMENT_NETWORKS)
const currency = z.enum(CURRENCIES)
const nothing = z.object({}).strict()
const budget = z.object({
  id: z.string().max(64).optional(),
  currency,
  cap: atomicText,
  period: z.enum(PERIODS),
  maxPerRequest: atomicText,
  models: z.union([z.literal('all'), z.array(z.string().max(200)).max(50)]),
  expiresAtMs: z.number().int().nullable(),
})
export type BudgetInput = z.infer<typeof budget>

const historyFilter = z.object({
  principal: principal.optional(),
  model: z.string().max(200).optional(),
  gatewayId: z.string().max(100).optional(),
  currency: currency.optional(),
  money: z.enum(['live', 'settled', 'released']).optional(),
  settledBy: z.enum(['gateway', 'chain']).optional(),
  answer: z.enum(['answered', 'failed']).optional(),
  fromMs: z.number().int().optional(),
  toMs: z.number().int().optional(),
  text: z.string().max(200).optional(),
})
export type HistoryFilterInput = z.infer<typeof historyFilter>

const gatewayInput = z.object({
  id: z.string().max(100).optional(),
  kind: z.enum(['jumpgate', 'opengradient', 'openai-compatible']),
  name: z.string().min(1).max(60),
  baseUrl: z.string().url().max(500),
  /** An empty value keeps the one that is stored: screens never get values. */
  extraHeaders: z.record(z.string().max(100), z.string().max(2000)),
  models: z.array(z.string().min(1).max(200)).max(200),
})

export const transferRequest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('send'),
    network,
    asset: z.string().max(64),
    to: z.string().max(64),
    amount: z.union([z.literal('all'), atomicText]),
  }),
  z.object({
    kind: z.literal('allowance'),
    network: z.enum(['eip155:8453', 'eip155:84532']),
    asset: z.string().max(64),
    amount: atomicText,
  }),
])

/** Params of every method. */
export const uiParams = {
  /** The worker's public key for `sealed`, base64; made at each start of the worker. */
  'secrets.key': nothing,

  'wallet.status': nothing,
  /** source null: fresh words. Secrets sealed as JSON: ImportSource. */
  'wallet.create': z.object({ source: sealed.nullable(), password: sealed, phraseChecked: z.boolean() }),
  'wallet.unlock': z.object({ password: sealed }),
  'wallet.lock': nothing,
  'wallet.changePassword': z.object({ oldPassword: sealed, newPassword: sealed }),
  /** Answer is sealed to `replyKey` (base64 raw P-256 public key). */
  'wallet.reveal': z.object({
    password: sealed,
    what: z.enum(['phrase', 'evm-key', 'solana-key']),
    replyKey: z.string().max(200),
  }),
  'wallet.markPhraseChecked': nothing,
  'wallet.reset': z.object({ confirmation: z.literal('RESET') }),

  'home.get': z.object({ tabUrl: z.string().max(4000).nullable() }),
  'balances.get': z.object({ refresh: z.boolean() }),
  'freeze.set': z.object({ frozen: z.boolean() }),
  'limits.get': nothing,
  /** Raising any figure needs the password. */
  'limits.set': z.object({
    limits: z.record(
      currency,
      z.object({ enabled: z.boolean(), maxPerRequest: atomicText, perDay: atomicText }),
    ),
    password: sealed.nullable(),
  }),

  'sites.list': nothing,
  'sites.get': z.object({ principal }),
  'sites.putBudget': z.object({ principal, budget }),
  'sites.setMode': z.object({ principals: z.array(principal).max(500), mode: z.enum(GRANT_MODES) }),
  'sites.setSettlement': z.object({ principal, settlement: z.enum(SETTLEMENT_MODES).nullable() }),
  'sites.revoke': z.object({ principals: z.array(principal).max(500), currency: currency.nullable() }),

  'history.page': z.object({
    filter: historyFilter,
    limit: z.number().int().min(1).max(200),
    before: z.string().max(200).nullable(),
  }),
  'history.get': z.object({ requestId: z.string().max(100) }),
  'history.seen': nothing,
  'insights.daily': z.object({
    days: z.number().int().min(1).max(90),
    by: z.enum(['all', 'principal', 'model', 'gateway']),
  }),
  'insights.dearest': z.object({ days: z.number().int().min(1).max(90), currency }),

  'settings.get': nothing,
  'settings.set': z.object({ settings: settingsSchema }),
  'rpc.test': z.object({
    network: z.union([network, z.literal('og-registry')]),
    url: z.string().url().max(500),
  }),

  'gateways.list': nothing,
  'gateways.probe': z.object({
    kind: z.enum(['opengradient', 'openai-compatible']).default('openai-compatible'),
    baseUrl: z.string().url().max(500),
    model: z.string().max(200),
    extraHeaders: z.record(z.string().max(100), z.string().max(2000)),
  }),
  'gateways.save': z.object({ gateway: gatewayInput }),
  'gateways.setEnabled': z.object({ id: z.string().max(100), enabled: z.boolean() }),
  'gateways.remove': z.object({ id: z.string().max(100) }),
  'models.list': nothing,

  'transfers.review': z.object({ request: transferRequest }),
  'transfers.confirm': z.object({ reviewId: z.string().max(100), password: sealed }),
  'transfers.reviewReplacement': z.object({
    transferId: z.string().max(100),
    does: z.enum(['transfer', 'cancel']),
  }),
  'transfers.confirmReplacement': z.object({ reviewId: z.string().max(100), password: sealed }),
  'transfers.list': z.object({
    limit: z.number().int().min(1).max(200),
    before: z.string().max(200).nullable(),
  }),
  'allowance.get': z.object({ network: z.enum(['eip155:8453', 'eip155:84532']) }),

  /** Answer: the file's name with the worker, in how many parts `backup.part` gives it, and whether the books are in it. */
  'backup.export': z.object({ password: sealed, passphrase: sealed }),
  'backup.part': z.object({ id: z.string().max(64), index: z.number().int().nonnegative() }),
  /** The next part of a file as base64; null begins one. The worker keeps it for one `inspect` or `restore`. */
  'backup.put': z.object({
    id: z.string().max(64).nullable(),
    part: z.string().max((FILE_PART_BYTES / 3) * 4),
  }),
  'backup.inspect': z.object({ file: z.string().max(64), passphrase: sealed }),
  'backup.restore': z.object({
    file: z.string().max(64),
    passphrase: sealed,
    replaceWallet: z.boolean(),
    /** Whether the file's gateways and RPC endpoints come in too. */
    servers: z.boolean(),
    /** Whose settings and gateways hold afterwards. */
    settings: z.enum(['file', 'here']),
  }),

  'approval.current': nothing,
  'approval.closeEmpty': nothing,
  /** The window reports which content it shows, and again when focus was lost: the safety clock restarts in the worker too. */
  'approval.shown': z.object({ id: z.string().max(100), digest: z.string().max(100) }),
  'approval.decide': z.object({
    id: z.string().max(100),
    digest: z.string().max(100),
    choice: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('once') }),
      z.object({ kind: z.literal('budget'), budget, mode: z.enum(['auto', 'ask']) }),
      z.object({ kind: z.literal('reject') }),
      z.object({ kind: z.literal('block') }),
    ]),
  }),

  /** Readable HTML of a tab, pruned and size-capped by the bridge, after the person's click. */
  'page.read': z.object({ tabId: z.number().int(), what: z.enum(['page', 'selection']) }),
  'diagnostics.get': nothing,

  ...chatParams,
} as const

export type UiMethod = keyof typeof uiParams
export type UiParams<M extends UiMethod> = z.infer<(typeof uiParams)[M]>

/** Results, by method. JSON-safe: amounts are decimal strings in atomic units. */
export interface UiResults extends ChatResults {
  'secrets.key': { readonly publicKey: string }
  'wallet.status': WalletView
  'wallet.create': WalletView
  'wallet.unlock': UnlockView
  'wallet.lock': WalletView
  'wallet.changePassword': { readonly changed: boolean }
  'wallet.reveal': { readonly secret: Sealed | null }
  'wallet.markPhraseChecked': WalletView
  'wallet.reset': WalletView
  'home.get': HomeView
  'balances.get': readonly BalanceView[]
  'freeze.set': GuardsView
  'limits.get': GuardsView
  'limits.set': GuardsView | { readonly needsPassword: true }
  'sites.list': readonly SiteView[]
  'sites.get': SiteView | null
  'sites.putBudget': SiteView
  'sites.setMode': readonly SiteView[]
  'sites.setSettlement': SiteView
  'sites.revoke': readonly SiteView[]
  'history.page': HistoryPageView
  'history.get': HistoryRowView | null
  'history.seen': {
    readonly principals: readonly string[]
    readonly models: readonly string[]
    readonly gateways: readonly { readonly id: string; readonly name: string }[]
  }
  'insights.daily': readonly DailyView[]
  'insights.dearest': HistoryRowView | null
  'settings.get': Settings
  'settings.set': Settings
  'rpc.test': { readonly ok: boolean; readonly milliseconds: number; readonly detail: string }
  'gateways.list': readonly GatewayView[]
  'gateways.probe': ProbeView
  'gateways.save': readonly GatewayView[]
  'gateways.setEnabled': readonly GatewayView[]
  'gateways.remove': readonly GatewayView[]
  'models.list': readonly ModelView[]
  'transfers.review': TransferReviewView
  'transfers.confirm': TransferView | { readonly wrongPassword: true }
  'transfers.reviewReplacement': ReplacementReviewView
  'transfers.confirmReplacement': TransferView | { readonly wrongPassword: true }
  'transfers.list': readonly TransferView[]
  'allowance.get': { readonly amount: string; readonly asset: string }
  'backup.export':
    | { readonly id: string; readonly parts: number; readonly books: 'inside' | 'unread' }
    | { readonly wrongPassword: true }
  'backup.part': { readonly part: string }
  'backup.put': { readonly id: string }
  'backup.inspect': BackupSummary
  'backup.restore': BackupSummary
  'approval.current': ApprovalView | null
  'approval.closeEmpty': Record<never, never>
  'approval.shown': { readonly readyInMs: number }
  'approval.decide': { readonly accepted: boolean }
  'page.read': PageRead
  'diagnostics.get': DiagnosticsView
}

export type PageRead =
  | {
      readonly kind: 'read'
      readonly title: string
      readonly url: string
      readonly html: string
      readonly truncated: boolean
    }
  | { readonly kind: 'needs-reload' }
  /** Either of the others: without its address nobody can tell. */
  | { readonly kind: 'unknown-page' }
  | { readonly kind: 'not-readable' }

export type UiResult<M extends UiMethod> = UiResults[M]

/** Every answer to a UI call. Errors carry our own cause; the screen has the words. */
export type UiReply<M extends UiMethod> =
  | { readonly ok: true; readonly value: UiResult<M> }
  | { readonly ok: false; readonly cause: string; readonly facts: Readonly<Record<string, string>> }

/** Pushed over the port named UI_PORT whenever something that a screen shows has changed: read it again. */
export type UiEvent =
  | { readonly topic: 'ledger'; readonly principal: string | null; readonly id: string | null }
  | { readonly topic: 'wallet' }
  | { readonly topic: 'guards' }
  | { readonly topic: 'approval' }
  | { readonly topic: 'settings' }
  | { readonly topic: 'balances' }
  | { readonly topic: 'gateways' }
  | { readonly topic: 'chat'; readonly event: ChatEvent }

export const UI_PORT = 'ui'
