import { parseAtomic, subtract } from '../../domain/amount.ts'
import { PANEL } from '../../domain/principal.ts'
import type { AskReason } from '../../domain/spend-policy.ts'
import type { ApprovalView, MeterView } from '../../protocol/ui-views.ts'
import { Meter } from '../components/meter.tsx'
import { Money } from '../components/money.tsx'
import { Notice } from '../components/notice.tsx'
import { Spinner } from '../components/spinner.tsx'
import { Words } from '../components/words.tsx'
import { budgetWords } from '../format/budget-words.ts'
import { moneyText } from '../format/money.ts'
import { periodWords } from '../format/period-words.ts'
import { t } from '../words.ts'

/** With one of these the request does not count against the budget. */
const OUTSIDE: ReadonlySet<AskReason> = new Set([
  'budget-expired',
  'over-per-request',
  'over-remaining',
  'model-not-listed',
])

interface ApprovalPriceProps {
  readonly view: ApprovalView
  readonly priceBefore: string | null
}

/** What it costs at most, what is expected, and what is left afterwards. */
export function ApprovalPrice({ view, priceBefore }: ApprovalPriceProps) {
  const meter = view.current ?? view.today
  const currency = view.request?.currency ?? view.asked?.currency ?? null
  return (
    <section class="card approval-price" aria-label={t('approval.price')}>
      <div aria-live="polite">
        {view.kind === 'budget' ? <AskedBudget view={view} /> : <RequestPrice view={view} />}
      </div>
      {priceBefore !== null && currency !== null && (
        <Notice tone="held" role="alert">
          {t('approval.priceChanged', { before: moneyText(priceBefore, currency, { rounding: 'up' }) })}
        </Notice>
      )}
      {meter && <Meter meter={meter} title={meterTitle(view)} />}
      {meter && <LeftAfter view={view} meter={meter} />}
    </section>
  )
}

function meterTitle({ principal, current }: ApprovalView): string {
  if (!current) return t('approval.leftToday')
  return principal === PANEL ? t('approval.leftPanel') : t('approval.leftSite')
}

/** Nothing where the request is booked outside of the budget that is shown, or holds another amount than its maximum. */
function LeftAfter({ view, meter }: { view: ApprovalView; meter: MeterView }) {
  const { request, reasons } = view
  if (!request || request.max === null || request.opensSession) return null
  if (reasons.some((reason) => OUTSIDE.has(reason))) return null
  const remaining = parseAtomic(meter.remaining)
  const max = parseAtomic(request.max)
  if (max > remaining) return null
  const amount = moneyText(subtract(remaining, max).toString(), meter.currency, { rounding: 'down' })
  return <p class="soft small">{t('approval.leftAfter', { amount })}</p>
}

function RequestPrice({ view }: { view: ApprovalView }) {
  const request = view.request
  if (!request || request.max === null) {
    return (
      <p class="approval-amount">
        {view.state === 'quoting' ? <Spinner label={t('approval.quoting')} /> : t('approval.noPrice')}
      </p>
    )
  }
  return (
    <div class="approval-figures">
      <p class="approval-amount">
        <span class="approval-at-most">{t('approval.atMost')}</span>{' '}
        <Money amount={request.max} currency={request.currency} rounding="up" size="xl" />
      </p>
      <p class="soft">
        {request.expected === null ? (
          t('approval.expectedUnknown')
        ) : (
          <Words
            of="approval.expected"
            parts={{ amount: <Money amount={request.expected} currency={request.currency} label={false} /> }}
          />
        )}
      </p>
    </div>
  )
}

function AskedBudget({ view }: { view: ApprovalView }) {
  const asked = view.asked
  if (!asked) return null
  return (
    <>
      <p class="approval-amount">
        <span class="approval-at-most">{t('approval.upTo')}</span>{' '}
        <Money amount={asked.cap} currency={asked.currency} rounding="exact" size="xl" />{' '}
        <span class="approval-at-most">{periodWords(asked.period)}</span>
      </p>
      {view.current && <p class="soft">{t('approval.budgetNow', { budget: budgetWords(view.current) })}</p>}
      <p class="soft">{t('approval.budgetMeans')}</p>
    </>
  )
}
