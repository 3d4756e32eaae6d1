import { UiError } from '../../protocol/ui-client.ts'
import { type ErrorWords, thrownWords } from '../format/error-words.ts'
import { formatSpan } from '../format/time.ts'
import { t } from '../words.ts'

/** Words for a failure of something that took a password: too many wrong ones say how long to wait. */
export function passwordFailure(error: unknown, nowMs: number): ErrorWords {
  if (error instanceof UiError && error.facts.retryAtMs !== undefined) {
    const waitMs = Number(error.facts.retryAtMs) - nowMs
    return { what: t('password.wait', { span: formatSpan(waitMs) }), todo: '' }
  }
  return thrownWords(error)
}
