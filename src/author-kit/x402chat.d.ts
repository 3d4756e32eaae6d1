// Types of `window.x402Chat`. They import types only: nothing of this file exists at run time. `openai` is an optional
// peer dependency of whoever compiles against them.
import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionCreateParamsBase,
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionCreateParamsStreaming,
} from 'openai/resources/chat/completions'

/** Whole units of a currency as a decimal string: "0.004474". */
export type Decimal = string
/** Atomic units of an asset as an integer string: "4474". */
export type Atomic = string
/** USDC (on Base or Solana) is shown as dollars, OPG is OpenGradient's token; tUSDC and tOPG are test money. */
export type Currency = 'USDC' | 'OPG' | 'tUSDC' | 'tOPG'
/** A CAIP-2 chain id: "eip155:8453". */
export type Network = `${string}:${string}`
export interface Money {
  currency: Currency
  value: Decimal
  atomic: Atomic
  decimals: number
  network: Network | null
}

/** As in EIP-6963. `rdns` is stable, `uuid` is new for every document. */
export interface X402ChatInfo {
  uuid: string
  name: string
  icon: `data:image/${string}`
  rdns: string
}
/** `detail` of the frozen CustomEvent "x402chat:announceProvider"; ask for it with an Event "x402chat:requestProvider". */
export interface X402ChatDetail {
  readonly info: X402ChatInfo
  readonly provider: X402Chat
}

export type BudgetPeriod = 'hour' | 'day' | 'week' | 'month' | 'total'
/** What a site asks the person for, shaped as an ERC-7715 permission; the extension enforces it. */
export interface BudgetRequest {
  /** USDC where it is left out. */
  currency?: Currency
  cap: Decimal
  period: BudgetPeriod
  maxPerRequest?: Decimal
  models?: readonly string[] | 'all'
  /** ISO 8601 with its offset. */
  expiresAt?: string
  /** The site's words to the person: 120 plain characters are shown at most. */
  justification?: string
}
/** What the person granted, and what is left of it. */
export interface Budget extends Required<Omit<BudgetRequest, 'justification' | 'expiresAt'>> {
  readonly id: string
  readonly origin: string
  readonly expiresAt: string | null
  readonly mode: 'auto' | 'ask' | 'paused'
  readonly spent: Decimal
  readonly live: Decimal
  readonly remaining: Decimal
  readonly renewsAt: string | null
}

export interface Quote {
  readonly id: string
  readonly expiresAt: string
  readonly model: string
  readonly gateway: string
  readonly inputTokens: number | null
  readonly maxOutputTokens: number | null
  /** null where the gateway knows the price only afterwards. */
  readonly expected: Money | null
  /** The most that is ever signed for it. */
  readonly max: Money
  readonly needsApproval: boolean
}

/** live: promised, and not yet known to be charged or free. */
export type Outcome = 'live' | 'settled' | 'released'
export interface Receipt {
  readonly id: string
  readonly at: string
  readonly model: string
  readonly gateway: string
  readonly outcome: Outcome
  readonly quoted: Money
  readonly charged: Money | null
  /** null until it is known, and where one transaction pays for several sites. */
  readonly transaction: string | null
  readonly settledBy: 'chain' | 'gateway' | null
  readonly usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number } | null
  /** OpenGradient: what its network recorded. */
  readonly settlement: { mode: 'private' | 'individual' | 'batch'; reference: string | null } | null
  readonly proof: Proof
}
export type Proof =
  | {
      kind: 'tee'
      verdict: 'verified' | 'unconfirmed' | 'failed'
      teeId: string
      requestHash: string
      outputHash: string
      timestamp: number
      signature: string
    }
  | { kind: 'ambient'; verdict: 'reported' | 'failed' | 'pending' | 'none'; merkleRoot: string | null }
  | { kind: 'none' }
/** `receipt` comes with a whole completion and with a stream's last chunk; `raw` is a gateway's event without an OpenAI shape. */
export interface WithReceipt {
  x402?: { receipt?: Receipt; raw?: unknown }
}

export interface CallOptions {
  signal?: AbortSignal
  quoteId?: string
  maxCost?: { value: Decimal; currency?: Currency }
  /** A repeat with the same key and body joins or replays one request: one payment. */
  idempotencyKey?: string
  /** A mode less private than the person's own choice is asked about. */
  gatewayOptions?: { opengradient?: { settlement?: 'private' | 'individual' | 'batch' } }
}
/** Read it once, or split it with `tee()`. Leaving the loop stops the request. */
export interface ChatStream extends AsyncIterable<ChatCompletionChunk & WithReceipt> {
  readonly controller: AbortController
  tee(): [ChatStream, ChatStream]
  /** One JSON text per line. */
  toReadableStream(): ReadableStream<Uint8Array>
}
export interface ResponsePromise<T> extends Promise<T> {
  asResponse(): Promise<Response>
  withResponse(): Promise<{ data: T; response: Response; request_id: string | null }>
}
export interface ChatCompletions {
  create(
    body: ChatCompletionCreateParamsNonStreaming,
    options?: CallOptions,
  ): ResponsePromise<ChatCompletion & WithReceipt>
  create(body: ChatCompletionCreateParamsStreaming, options?: CallOptions): ResponsePromise<ChatStream>
  create(
    body: ChatCompletionCreateParamsBase,
    options?: CallOptions,
  ): ResponsePromise<(ChatCompletion & WithReceipt) | ChatStream>
}

export interface Model {
  /** What `model` is set to: the plain id, or `gateway/id` where two gateways share it. */
  id: string
  gateway: string
  owned_by: string
  context_length: number | null
  pricing: { currency: Currency; input: Decimal; output: Decimal; per: 1_000_000 } | null
}
export interface X402ChatEventMap {
  budgetchange: CustomEvent<{ budget: Budget | null }>
  settled: CustomEvent<{ receipt: Receipt }>
  modelschange: CustomEvent<null>
}
export interface X402Chat extends EventTarget {
  readonly isX402Chat: true
  readonly apiVersion: string
  /** 'available': a call would ask nobody. */
  availability(options?: { model?: string }): Promise<'unavailable' | 'needs-approval' | 'available'>
  /** Asks the person, after a recent click or key press in the document; less may be granted than was asked for. */
  requestBudget(request: BudgetRequest, options?: { signal?: AbortSignal }): Promise<Budget>
  getBudget(options?: { currency?: Currency }): Promise<Budget | null>
  revokeBudget(options?: { currency?: Currency }): Promise<void>
  quote(body: ChatCompletionCreateParamsBase, options?: Pick<CallOptions, 'signal'>): Promise<Quote>
  readonly models: { list(): Promise<readonly Model[]> }
  readonly chat: { readonly completions: ChatCompletions }
  /** For clients of the OpenAI wire: /chat/completions and /models. A refusal is a response, never a rejection. */
  readonly fetch: typeof globalThis.fetch
  /** `new OpenAI({ ...x402Chat.clientOptions })` */
  readonly clientOptions: {
    readonly baseURL: string
    readonly apiKey: string
    readonly fetch: typeof globalThis.fetch
    readonly maxRetries: 0
    readonly dangerouslyAllowBrowser: true
  }
  /** Newest first; `before` is a receipt's id. */
  readonly receipts: { list(options?: { limit?: number; before?: string }): Promise<readonly Receipt[]> }
  addEventListener<K extends keyof X402ChatEventMap>(
    type: K,
    listener: (event: X402ChatEventMap[K]) => void,
    options?: AddEventListenerOptions | boolean,
  ): void
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: AddEventListenerOptions | boolean,
  ): void
}
export type ErrorType =
  | 'user_rejected'
  | 'unauthorized'
  | 'locked'
  | 'unsupported'
  | 'invalid_request'
  | 'request_pending'
  | 'activation_required'
  | 'rate_limited'
  | 'budget_exceeded'
  | 'insufficient_funds'
  | 'quote_exceeded'
  | 'paid_no_answer'
  | 'gateway_failed'
  | 'disconnected'
  | 'idempotency_conflict'
/** What every method rejects with; an abort rejects with the signal's reason instead. */
export interface X402ChatError extends Error {
  readonly code: number
  readonly type: ErrorType
  readonly charged: 'no' | 'maybe' | 'yes'
  readonly receipt: Receipt | null
  /** The text that came before it broke off. */
  readonly partial: string | null
  /** The HTTP status that `fetch` answers with for the same cause. */
  readonly status: number
}
declare global {
  interface Window {
    readonly x402Chat?: X402Chat
  }
}
