import { ArrowUpRight } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import type { TransferReviewView } from '../../protocol/ui-views.ts'
import { Button, type ButtonKind } from '../components/button.tsx'
import type { IconType } from '../components/icon.tsx'
import { Notice } from '../components/notice.tsx'
import { formatCountdown } from '../format/time.ts'
import { PasswordForm, type PasswordResult } from '../secrets/password-form.tsx'
import { t } from '../words.ts'
import { MissingFee } from './missing-fee.tsx'

export interface ReviewConfirmProps {
  readonly review: Pick<
    TransferReviewView,
    'network' | 'from' | 'feeSymbol' | 'feeDecimals' | 'missingFee' | 'goodUntilMs'
  >
  readonly nowMs: number
  /** What the password does: `Send`, `Enable OPG`. */
  readonly action: string
  readonly icon?: IconType
  readonly kind?: ButtonKind
  readonly back: ComponentChildren
  readonly onPassword: (password: string) => Promise<PasswordResult>
  readonly onAgain: () => void
  readonly onBack: () => void
}

/** The password under figures that hold; too old ones are read anew first, a missing fee is named. */
export function ReviewConfirm(props: ReviewConfirmProps) {
  const { review, nowMs } = props
  const timed = review.missingFee === null && review.goodUntilMs > nowMs
  return (
    <>
      <Confirm {...props} />
      <div class="row-spread">
        <Button kind="quiet" size="s" onClick={props.onBack}>
          {props.back}
        </Button>
        {timed && (
          <span class="soft small" role="timer">
            {t('send.goodFor', { time: formatCountdown(review.goodUntilMs - nowMs) })}
          </span>
        )}
      </div>
    </>
  )
}

function Confirm({ review, nowMs, action, icon, kind, onPassword, onAgain }: ReviewConfirmProps) {
  if (review.missingFee !== null) {
    return <MissingFee review={review} missing={review.missingFee} onAgain={onAgain} />
  }
  if (review.goodUntilMs > nowMs) {
    return (
      <PasswordForm
        action={action}
        kind={kind ?? 'primary'}
        icon={icon ?? ArrowUpRight}
        onPassword={onPassword}
      />
    )
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
