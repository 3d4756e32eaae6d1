import { Ban, Gauge } from 'lucide-preact'
import type { ReplacementReviewView, TransferView } from '../../protocol/ui-views.ts'
import { Address } from '../components/address.tsx'
import { FactList } from '../components/fact-list.tsx'
import { useLostFocus } from '../components/use-lost-focus.ts'
import type { PasswordResult } from '../secrets/password-form.tsx'
import { t } from '../words.ts'
import { ReviewConfirm } from './review-confirm.tsx'
import { UnitAmount } from './unit-amount.tsx'

interface ReplacementReviewProps {
  readonly transfer: TransferView
  readonly review: ReplacementReviewView
  readonly nowMs: number
  readonly onPassword: (password: string) => Promise<PasswordResult>
  readonly onAgain: () => void
  readonly onBack: () => void
}

/** What takes the place of a transfer that hangs, what it costs at most, and the password. */
export function ReplacementReview({ transfer, review, ...acts }: ReplacementReviewProps) {
  const part = useLostFocus<HTMLElement>('part')
  const cancels = review.does === 'cancel'
  return (
    <section class="card stack part" ref={part} tabIndex={-1} aria-label={t('send.figures')}>
      <p>{cancels ? t('replace.cancelMeans') : t('replace.speedUpMeans')}</p>
      <FactList
        facts={[
          cancels
            ? null
            : {
                name: transfer.kind === 'send' ? t('send.amount') : t('send.allowance'),
                value: (
                  <UnitAmount
                    amount={transfer.amount}
                    network={transfer.network}
                    asset={transfer.asset}
                    full
                  />
                ),
              },
          cancels
            ? null
            : {
                name: transfer.kind === 'send' ? t('send.to') : t('send.spender'),
                value: <Address address={transfer.to} name={t('send.to')} />,
              },
          {
            name: t('send.maxFee'),
            value: (
              <UnitAmount amount={review.maxFee} network={review.network} asset="native" rounding="up" />
            ),
            note: t('replace.oneFee'),
          },
        ]}
      />
      <ReviewConfirm
        {...acts}
        review={review}
        action={cancels ? t('replace.cancelNow') : t('replace.speedUpNow')}
        icon={cancels ? Ban : Gauge}
        kind={cancels ? 'danger' : 'primary'}
        back={t('replace.leave')}
      />
    </section>
  )
}
