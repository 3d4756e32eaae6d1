import { Ban, Gauge } from 'lucide-preact'
import type { TransferView } from '../../protocol/ui-views.ts'
import { FailureNotice } from '../app/failure-notice.tsx'
import { useNow } from '../app/use-now.ts'
import { Button } from '../components/button.tsx'
import { useLostFocus } from '../components/use-lost-focus.ts'
import { t } from '../words.ts'
import { ReplacementReview } from './replacement-review.tsx'
import { type Does, type ReplacementState, useReplacement } from './use-replacement.ts'

/** A block takes a second or two on Base; what waits this long hangs, ms. */
const HANGS_AFTER_MS = 20_000

/** Speeding up or cancelling a transfer that no block takes. Shown only once it hangs. */
export function ReplaceTransfer({ transfer }: { transfer: TransferView }) {
  const nowMs = useNow(1000)
  const desk = useReplacement(transfer.id)
  const { state } = desk
  if (!transfer.replaceable || nowMs - transfer.createdAtMs < HANGS_AFTER_MS) return null
  if (state.kind !== 'ready') {
    return <Offer transfer={transfer} state={state} onLook={(does) => void desk.look(does)} />
  }
  return (
    <ReplacementReview
      transfer={transfer}
      review={state.review}
      nowMs={nowMs}
      onPassword={(password) => desk.confirm(state.review, password)}
      onAgain={() => void desk.look(state.review.does)}
      onBack={desk.drop}
    />
  )
}

interface OfferProps {
  readonly transfer: TransferView
  readonly state: Exclude<ReplacementState, { kind: 'ready' }>
  readonly onLook: (does: Does) => void
}

function Offer({ transfer, state, onLook }: OfferProps) {
  const part = useLostFocus<HTMLElement>('part', state.kind === 'none' && state.after !== 'nothing')
  const reading = state.kind === 'reading' ? state.does : null
  const cancels = transfer.doing === 'cancel'
  return (
    <section class="card stack part" ref={part} tabIndex={-1} aria-label={t('replace.title')}>
      <p>{offerWords(cancels, state)}</p>
      {state.kind === 'failed' && <FailureNotice error={state.error} />}
      <div class="row">
        {!cancels && (
          <Button
            kind="primary"
            icon={Gauge}
            busy={reading === 'transfer'}
            onClick={() => onLook('transfer')}
          >
            {t('replace.speedUp')}
          </Button>
        )}
        <Button icon={cancels ? Gauge : Ban} busy={reading === 'cancel'} onClick={() => onLook('cancel')}>
          {cancels ? t('replace.speedUpCancel') : t('replace.cancel')}
        </Button>
      </div>
    </section>
  )
}

function offerWords(cancels: boolean, state: OfferProps['state']): string {
  if (state.kind === 'none' && state.after === 'signature') return t('replace.sent')
  return cancels ? t('replace.cancelHangs') : t('replace.hangs')
}
