/** What the page script and its background say to each other, as the page script's own types have it. */
import type { createCalls } from '../../page/calls.ts'
import type { X402ChatError } from '../../page/page-error.ts'
import type { createProvider } from '../../page/provider.ts'

export type Message = Parameters<Parameters<typeof createCalls>[0]>[0]
export type Reply = Parameters<ReturnType<typeof createProvider>['receive']>[0]
export type Failure = ConstructorParameters<typeof X402ChatError>[0]
export type Head = Extract<Reply, { readonly head: unknown }>['head']

/** One answer on its way to the page script. */
export interface ReplyTo {
  head(head: Head): void
  text(text: string): void
  done(value: unknown): void
  fail(failure: Failure): void
}
