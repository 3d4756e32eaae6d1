import { isChatError } from '../domain/errors.ts'
import type { UiMethod, UiReply } from './ui-protocol.ts'

/** What our own pages are told of an error: its cause and facts; of one without a cause only its name. */
export function toUiFailure(error: unknown): UiReply<UiMethod> {
  if (isChatError(error)) return { ok: false, cause: error.reason, facts: error.facts }
  const detail = error instanceof Error ? error.name : 'unknown'
  return { ok: false, cause: 'ledger-failed', facts: { detail } }
}
