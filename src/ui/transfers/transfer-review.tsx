import { ArrowUpRight } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import type { TransferReviewView } from '../../protocol/ui-views.ts'
import { Button } from '../components/button.tsx'
import type { IconType } from '../components/icon.tsx'
import { Notice } from '../components/notice.tsx'
import { useLostFocus } from '../components/use-lost-focus.ts'
import { formatCountdown } from '../format/time.ts'
import { PasswordForm, type PasswordResult } from '../secrets/password-form.tsx'
import { t } from '../words.ts'
import { MissingFee } from './missing-fee.tsx'
import { ReviewFacts } from './review-facts.tsx'
import { ReviewWarnings } from './review-warnings.tsx'

interface TransferReviewProps {
  readonly review: TransferReviewView
  readonly nowMs: number
  /** What the password does: `Send`, `Enable OPG`. */
  readonly action: string
  readonly icon?: IconType
  readonly onPassword: (password: string) => Promise<PasswordResult>
  readonly onAgain: () => void
  readonly onBack: () => void
  readonly children?: ComponentChildren
}

/** The figures as they will be signed, what is unusual, and the password; too old ones are read anew first. */
export function TransferReview(props: TransferReviewProps) {
  const { review, nowMs } = props
  const part = useLostFocus<HTMLElement>('part')
  const timed = review.missingFee === null && review.goodUntilMs > nowMs
  return (
    <section class="stack part" ref={part} tabIndex={-1} aria-label={t('send.figures')}>
      <div class="card">
        <ReviewFacts review={review} />
      </div>
      <ReviewWarnings warnings={review.warnings} />
      {props.children}
      <Confirm {...props} />
      <div class="row-spread">
        <Button kind="quiet" size="s" onClick={props.onBack}>
          {t('send.change')}
        </Button>
        {timed && (
          <span class="soft small" role="timer">
            {t('send.goodFor', { time: formatCountdown(review.goodUntilMs - nowMs) })}
          </span>
        )}
      </div>
    </section>
  )
}

function Confirm({ review, nowMs, action, icon, onPassword, onAgain }: TransferReviewProps) {
  if (review.missingFee !== null) {
    return <MissingFee review={review} missing={review.missingFee} onAgain={onAgain} />
  }
  if (review.goodUntilMs > nowMs) {
    return <PasswordForm action={action} icon={icon ?? ArrowUpRight} onPassword={onPassword} />
  }
  return (
    <Notice
      role="status"
      actions={
        <Button size="s" kind="primary" onClick={onAgain}>
          {t('send.lookAgain')}
        </Button>
      }
    >
      {t('send.tooOld')}
    </Notice>
  )
}
