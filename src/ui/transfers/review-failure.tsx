import { UiError } from '../../protocol/ui-client.ts'
import { Notice } from '../components/notice.tsx'
import { thrownWords } from '../format/error-words.ts'
import { t } from '../words.ts'
import type { ReviewState } from './use-review.ts'

/** The figures of an allowance could not be read: why. Nothing has been signed. */
export function ReviewFailure({ state }: { state: ReviewState }) {
  if (state.kind !== 'failed') return null
  const words = thrownWords(state.error)
  const earlier = state.error instanceof UiError && state.error.reason === 'already-pending'
  return (
    <Notice tone="danger" role="alert" title={earlier ? t('send.errors.pending') : words.what}>
      {earlier ? t('send.errors.pendingNext') : words.todo} {t('charged.no')}
    </Notice>
  )
}
