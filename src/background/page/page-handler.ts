import type { Origin } from '../../domain/principal.ts'
import type { Caller } from '../../inference/inference.ts'
import type { PageHead, PageMethod } from '../../protocol/page-messages.ts'
import type { PageParams } from '../../protocol/page-schemas.ts'
import type { PageDeps } from './page-deps.ts'

/** Takes an answer in order; `text` resolves when the page has room for more. */
export interface AnswerSink {
  head(head: PageHead): void
  text(text: string): Promise<void>
}

/** One call of a page, with what the browser and the bridge say about it. */
export interface PageContext {
  readonly origin: Origin
  readonly caller: Caller
  readonly hasGrant: boolean
  readonly signal: AbortSignal
  /** Idempotency key where the page names none. */
  readonly key: string
  readonly sink: AnswerSink
  /** The key of an earlier `fetch` with the same body; remembers this one's. */
  readonly keyOfRepeat: (bodyHash: string, isRepeat: boolean) => Promise<string>
  /** False where a site without a grant quotes too often. */
  readonly mayQuote: () => boolean
}

/** One method of the page API. Params have passed their schema; a ChatError or AnswerError becomes the page's error. */
export type PageHandler<M extends PageMethod> = (
  deps: PageDeps,
  context: PageContext,
  params: PageParams<M>,
) => Promise<unknown>
