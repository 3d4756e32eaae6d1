import type { ComponentChildren } from 'preact'
import type { TransferReviewView } from '../../protocol/ui-views.ts'
import { useLostFocus } from '../components/use-lost-focus.ts'
import { t } from '../words.ts'
import { ReviewConfirm, type ReviewConfirmProps } from './review-confirm.tsx'
import { ReviewFacts } from './review-facts.tsx'
import { ReviewWarnings } from './review-warnings.tsx'

interface TransferReviewProps extends Omit<ReviewConfirmProps, 'review' | 'back' | 'kind'> {
  readonly review: TransferReviewView
  readonly children?: ComponentChildren
}

/** The figures as they will be signed, what is unusual, and the password. */
export function TransferReview(props: TransferReviewProps) {
  const { review } = props
  const part = useLostFocus<HTMLElement>('part')
  return (
    <section class="stack part" ref={part} tabIndex={-1} aria-label={t('send.figures')}>
      <div class="card">
        <ReviewFacts review={review} />
      </div>
      <ReviewWarnings warnings={review.warnings} />
      {props.children}
      <ReviewConfirm {...props} back={t('send.change')} />
    </section>
  )
}
