import type { ChatCompletionCreateParamsBase } from 'openai/resources/chat/completions'
import type { BudgetRequest, Decimal, ErrorType, Model } from '../x402chat.d.ts'

/** As the page gave it; not checked. */
export type ChatBody = Readonly<ChatCompletionCreateParamsBase>

/** A failure that a test wants to see handled. */
export interface StandInFailure {
  readonly error: ErrorType
  readonly message?: string
  readonly charged?: 'no' | 'maybe' | 'yes'
  /** What came before it; for a stream. */
  readonly after?: string
}

/** What the model says: a text, its parts as they would come, or a failure. */
export type StandInAnswer = string | readonly string[] | StandInFailure

export interface StandInOptions {
  /** Gets the body of `chat.completions.create`. Else every answer is "This is a stand-in." */
  readonly answer?: (body: ChatBody) => StandInAnswer | Promise<StandInAnswer>
  /** What each request costs, in USDC. Else 0.001. */
  readonly price?: Decimal
  /** The person, asked for a budget: what is granted, or null for no. Else all that was asked for. */
  readonly grant?: (request: BudgetRequest) => BudgetRequest | null
  /** The person, asked for one request beyond the budget. Else yes. */
  readonly approve?: (body: ChatBody) => boolean
  /** `default` is the first. Else one, `stand-in`. */
  readonly models?: readonly Model[]
}
