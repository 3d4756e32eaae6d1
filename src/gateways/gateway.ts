import type { AtomicAmount } from '../domain/amount.ts'
import type { SettlementMode } from '../domain/budget.ts'
import type { Currency } from '../domain/currency.ts'
import type { PaymentNetwork } from '../domain/network.ts'
import type { Proof, Usage } from '../domain/payment.ts'

/** An OpenAI chat body after the page protocol's schema: known fields typed, the rest passed through. */
export interface ChatBody {
  readonly model: string
  readonly messages: readonly ChatMessage[]
  readonly stream?: boolean
  readonly max_tokens?: number | null
  readonly max_completion_tokens?: number | null
  readonly [parameter: string]: unknown
}

export interface ChatMessage {
  readonly role: string
  readonly content?: unknown
  readonly [key: string]: unknown
}

export interface ModelInfo {
  /** As the gateway speaks it. */
  readonly id: string
  readonly gatewayId: string
  readonly ownedBy: string
  readonly contextLength: number | null
  readonly maxOutputTokens: number | null
  /** Decimal strings per million tokens, for showing only; null where unknown. */
  readonly pricing: {
    readonly currency: Currency | 'USD'
    readonly input: string
    readonly output: string
  } | null
  readonly proof: 'tee' | 'ambient' | 'none'
}

/** Kind-specific settings of one configured gateway. */
export interface GatewayConfig {
  readonly id: string
  readonly kind: 'jumpgate' | 'opengradient' | 'openai-compatible'
  /** Shown to people: who gets paid. */
  readonly name: string
  /** No trailing slash. */
  readonly baseUrl: string
  readonly extraHeaders: Readonly<Record<string, string>>
  /** Models that ship or that the person typed in. */
  readonly models: readonly ModelInfo[]
  readonly builtIn: boolean
  readonly enabled: boolean
}

export interface WireRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** A body mapped to what the gateway speaks, with its output limit filled in. */
export interface PreparedCall {
  readonly gatewayId: string
  readonly model: string
  /** The body that is paid for; JSON-safe. */
  readonly body: Readonly<Record<string, unknown>>
  readonly maxOutputTokens: number
  /** The page asked for a stream. */
  readonly stream: boolean
  readonly settlement: SettlementMode | null
  readonly maxToolCalls: number
}

/** A gateway's own quote; null-able parts where it prices after the fact. */
export interface GatewayQuote {
  readonly expected: AtomicAmount
  readonly max: AtomicAmount
  readonly currency: Currency
  readonly inputTokens: number | null
  readonly maxOutputTokens: number | null
  /** To be copied unchanged into the paid request. */
  readonly headers: Readonly<Record<string, string>>
}

/** One event of an answer, whatever the gateway's wire form. */
export type AnswerEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  /** OpenAI streaming tool-call deltas, as they come; `whole`: the list of a message, all of it. */
  | { readonly type: 'tool-calls'; readonly deltas: readonly unknown[]; readonly whole?: true }
  | { readonly type: 'finish'; readonly reason: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'progress'; readonly stage: string }
  | { readonly type: 'proof'; readonly proof: Proof }
  /** Proof fields as they came, for AnswerTranscript.wireProof; a page does not see them. */
  | { readonly type: 'wire-proof'; readonly fields: Readonly<Record<string, unknown>> }
  /** What the gateway says this answer cost, its word, decimal string in whole units of the currency. */
  | { readonly type: 'reported-cost'; readonly value: string }
  | { readonly type: 'settlement'; readonly reference: string }
  | { readonly type: 'raw'; readonly raw: unknown }
  /** `message`: the gateway's own words, at most 200 plain characters; null where it has none. */
  | { readonly type: 'error'; readonly message: string | null; readonly code: string | null }
  | { readonly type: 'end' }

/** Incremental: bytes in, events out. Bounded memory: throws ChatError 'stream-too-large' on a line over 1 MiB or an answer over 64 MiB. */
export interface EventDecoder {
  push(bytes: Uint8Array): readonly AnswerEvent[]
  /** The body ended: what is still to say. A stream without its end marker ends in an `error` event with code 'truncated'. */
  finish(): readonly AnswerEvent[]
}

/** Everything that a proof check may need of one answer. */
export interface AnswerTranscript {
  readonly call: PreparedCall
  readonly text: string
  /** As received; streamed ones put together, without their index. */
  readonly toolCalls: readonly unknown[]
  readonly finishReason: string | null
  /** Proof fields as they came; null where none came. */
  readonly wireProof: Readonly<Record<string, unknown>> | null
}

/** Pure wire of one inference service: requests and bytes in, values out. Does no I/O. */
export interface Gateway {
  readonly config: GatewayConfig
  readonly networks: readonly PaymentNetwork[]
  /** quote-first: a free quote endpoint. offer-first: the first 402 says the price. */
  readonly pricing: 'quote-first' | 'offer-first'
  /** Its own spelling of a model that a caller names, out of its models; null where it is none of them. */
  resolveModel(name: string, models: readonly ModelInfo[]): string | null
  /** Throws ChatError 'unsupported-parameter' or 'unknown-model', naming it. */
  prepare(
    body: ChatBody,
    options: { readonly defaultMaxTokens: number; readonly settlement: SettlementMode | null },
  ): PreparedCall
  quoteRequest(call: PreparedCall): WireRequest | null
  /** Throws ChatError 'quote-failed'. */
  parseQuote(call: PreparedCall, status: number, bodyText: string): GatewayQuote
  /** The inference request, without a payment. */
  paidRequest(call: PreparedCall, quote: GatewayQuote | null): WireRequest
  /** Header names (one or two) that carry the payment for this offer. */
  paymentHeaderNames(offer: { readonly permit2: 'x402-upto' | 'documented' | null }): readonly string[]
  /** Header that carries a session id instead of a payment; null where there are no sessions. */
  readonly sessionHeaderName: string | null
  createDecoder(contentType: string): EventDecoder
  /** Facts of a non-2xx answer: a plain sentence of the server (≤ 200 characters), never trusted as HTML. */
  describeError(status: number, contentType: string, bodyText: string): string
  /** Answer headers: session id (secret), settlement reference. */
  readHeaders(headers: Headers): {
    readonly sessionId: string | null
    readonly settlementReference: string | null
  }
  /** Free catalogue request, where there is one. */
  catalogueRequest(): WireRequest | null
  parseCatalogue(status: number, bodyText: string): readonly ModelInfo[] | null
}

/** Checks a TEE proof against the registry's key. Injected: `crypto.subtle` and the registry reader. */
export type CheckProof = (transcript: AnswerTranscript) => Promise<Proof>
