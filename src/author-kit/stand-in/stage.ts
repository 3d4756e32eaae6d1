import type { Decimal, Model, Receipt } from '../x402chat.d.ts'
import type { StandInBook } from './stand-in-book.ts'
import type { ChatBody, StandInFailure, StandInOptions } from './stand-in-options.ts'
import type { Reply } from './wire.ts'

/** What a call is played with. */
export interface Stage {
  readonly options: StandInOptions
  readonly price: string
  readonly book: StandInBook
  readonly models: readonly Model[]
  readonly baseUrl: string
  /** What was asked under an idempotency key, as text, and what came of it. */
  readonly asked: Map<string, { readonly text: string; readonly outcome: Promise<Outcome> }>
  readonly tell: (event: Extract<Reply, { readonly event: string }>) => void
}

/** One chat as the page asks for it. */
export interface ChatAsk {
  readonly body: ChatBody
  readonly maxCost?: { readonly value: Decimal; readonly currency?: string | undefined } | undefined
  readonly idempotencyKey?: string | undefined
}

/** What came of it, before it is put into OpenAI's shapes. */
export type Outcome =
  | { readonly kind: 'unpaid'; readonly failure: StandInFailure }
  | {
      readonly kind: 'paid'
      readonly parts: readonly string[]
      /** Ends the answer after its parts. */
      readonly failure: StandInFailure | null
      readonly receipt: Receipt
    }
