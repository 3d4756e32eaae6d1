/** What a page and the background say to each other, over the bridge. Types and constants only: this is bundled into other people's pages. */

/** Name of the runtime port of the bridge. */
export const PAGE_PORT = 'x402chat:page'
/** Handed over once, page script to bridge: a cancelable MessageEvent with one MessagePort. */
export const HANDOVER_EVENT = 'x402chat:handover'
/** The bridge came second: the page script hands over now. */
export const BRIDGE_EVENT = 'x402chat:bridge'
export const ANNOUNCE_EVENT = 'x402chat:announceProvider'
export const REQUEST_EVENT = 'x402chat:requestProvider'

/** A name that never resolves (RFC 6761): a call that misses us goes nowhere. */
export const BASE_URL = 'https://x402-chat.invalid/v1'

/** Characters of JSON in one call that are carried at all: images may have 8 MiB, the rest 256 KiB. */
export const MAX_PARAMS_CHARACTERS = 9 * 1024 * 1024
/** Characters of an answer that may be on their way to a page without its having read them. */
export const CREDIT_WINDOW = 256 * 1024
/** How long a trusted click or key press lets a page ask. */
export const ACTIVATION_MS = 60_000

/** Headers of a drop-in `fetch` that mean something here, as a page's client sends them. */
export const FETCH_HEADERS = [
  'idempotency-key',
  'x402-max-cost',
  'x-settlement-type',
  'x-stainless-retry-count',
] as const

export type PageMethod =
  | 'availability'
  | 'requestBudget'
  | 'getBudget'
  | 'revokeBudget'
  | 'quote'
  | 'models.list'
  | 'receipts.list'
  | 'chat.create'
  | 'fetch'

/** From the page script. `params` is JSON text, made once from the page's values. */
export type PageMessage =
  | { readonly id: number; readonly method: PageMethod; readonly params: string }
  /** Characters of the answer that the page has taken. */
  | { readonly id: number; readonly credit: number }
  | { readonly id: number; readonly abort: true }

/** One trusted click or key press: its number in the document, and its age in ms. */
export type Activation = readonly [number: number, ageMs: number]

/** From the bridge to the background: what the page said, and what the bridge knows. */
export type BridgeMessage =
  | {
      readonly id: number
      readonly method: string
      readonly params: string
      /** Idempotency key of this call where the page names none: the same after a reconnect. */
      readonly key: string
      readonly activations: readonly Activation[]
      /** Texts of the answer that came already, before the worker was restarted; null for a first try. */
      readonly resumeAt: number | null
    }
  | { readonly id: number; readonly credit: number }
  | { readonly id: number; readonly abort: true }

export type PageErrorType =
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

/** A failed call as a page learns it. */
export interface PageFailure {
  readonly type: PageErrorType
  readonly code: number
  readonly message: string
  readonly charged: 'no' | 'maybe' | 'yes'
  readonly receipt: unknown
  readonly partial: string | null
  /** Of the drop-in `fetch`. */
  readonly status: number
}

/** The head of an answer: what the drop-in `fetch` answers with. */
export interface PageHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly stream: boolean
}

export type PageEventName = 'budgetchange' | 'settled' | 'modelschange'

/**
 * From the background. An answer is one `head`, then `texts` (whole server-sent events, or one JSON text), then `done`;
 * other calls end with `done` alone.
 */
export type PageReply =
  | { readonly id: number; readonly head: PageHead }
  | { readonly id: number; readonly texts: readonly string[] }
  | { readonly id: number; readonly done: unknown }
  | { readonly id: number; readonly fail: PageFailure }
  | { readonly event: PageEventName; readonly detail: unknown }

/** For the bridge alone: an activation was used up by a call. */
export interface ActivationUsed {
  readonly id: number
  readonly used: number
}

/** Asked of the bridge by our own background, for the side panel. */
export interface ReadPageRequest {
  readonly readPage: 'page' | 'selection'
}

export interface ReadPageReply {
  readonly title: string
  readonly url: string
  readonly html: string
  readonly truncated: boolean
}
