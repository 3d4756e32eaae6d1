import type { Inference } from '../inference/inference.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { ChatEvent } from '../protocol/chat-views.ts'
import type { Settings } from '../protocol/settings.ts'

/** Blobs by key, outside the ledger. */
export interface ConversationStore {
  get(key: string): Promise<unknown>
  /** All or nothing; a value of null deletes its key. */
  put(entries: readonly (readonly [string, unknown])[]): Promise<void>
  keys(): Promise<readonly string[]>
}

export interface ChatDeps {
  readonly inference: Pick<Inference, 'run' | 'quote'>
  readonly ledger: Pick<Ledger, 'findByKey'>
  readonly store: ConversationStore
  readonly settings: () => Promise<Settings>
  readonly clock: {
    /** Wall clock, unix ms. */
    nowMs(): number
    sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
  }
  readonly newId: () => string
  /** The same from one start of the browser to its end, another one after. */
  readonly browserRunId: () => Promise<string>
  /** Tells open panels. */
  readonly push: (event: ChatEvent) => void
}
