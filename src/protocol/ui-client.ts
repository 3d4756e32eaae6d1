import type { UiEvent, UiMethod, UiParams, UiResult } from './ui-protocol.ts'

/** How a screen reaches the background; `platform` implements it, previews and tests fake it. Rejects with UiError. */
export interface UiClient {
  call<M extends UiMethod>(method: M, params: UiParams<M>): Promise<UiResult<M>>
  /** Seals a secret for the worker as it runs now; made anew by itself when the worker has restarted. */
  seal(secret: string): Promise<import('./ui-protocol.ts').Sealed>
  /** Calls `reveal` and opens its answer. Null: wrong password. */
  reveal(password: string, what: 'phrase' | 'evm-key' | 'solana-key'): Promise<string | null>
  onEvent(listener: (event: UiEvent) => void): () => void
}

/** A refusal or failure of a UI call: a cause of domain/errors.ts with its facts; the screen has the words. */
export class UiError extends Error {
  override readonly name = 'UiError'
  constructor(
    readonly reason: string,
    readonly facts: Readonly<Record<string, string>> = {},
  ) {
    super(reason)
  }
}
