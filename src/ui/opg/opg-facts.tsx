import type { ModelView } from '../../protocol/ui-views.ts'
import { Money } from '../components/money.tsx'
import { moneyText } from '../format/money.ts'
import { t } from '../words.ts'
import { type PriceRange, priceRange } from './answer-cost.ts'
import './opg.css'
import type { OpgPlace } from './opg-network.ts'

interface OpgFactsProps {
  readonly place: OpgPlace
  readonly models: readonly ModelView[]
  /** Average of the last 30 days, atomic units; null: none yet. */
  readonly average: string | null
  /** Balance in atomic units; null: not read. */
  readonly balance: string | null
}

/** How OpenGradient is paid: what a session holds, and what an answer costs about. */
export function OpgFacts({ place, models, average, balance }: OpgFactsProps) {
  const { currency } = place
  const range = priceRange(models)
  return (
    <dl class="opg-facts">
      <div>
        <dt>{t('opg.balance')}</dt>
        <dd>
          {balance === null ? (
            t('common.unknown')
          ) : (
            <Money amount={balance} currency={currency} rounding="down" />
          )}
        </dd>
      </div>
      <div>
        <dt>{t('opg.session')}</dt>
        <dd>{currency === 'OPG' ? t('opg.sessionHolds') : t('opg.sessionHoldsTest')}</dd>
        <dd class="opg-note">{t('opg.sessionMeans')}</dd>
      </div>
      <div>
        <dt>{t('opg.answer')}</dt>
        {average !== null && <dd>{t('opg.average', { amount: moneyText(average, currency) })}</dd>}
        <dd>{answerRange(range)}</dd>
        {range !== null && <dd class="opg-note">{t('opg.answerMeans')}</dd>}
      </div>
    </dl>
  )
}

function answerRange(range: PriceRange | null): string {
  if (range === null) return t('opg.answerUnknown')
  const say = (amount: string) => moneyText(amount, 'USDC', { rounding: 'up' })
  return range.from === range.to
    ? t('opg.answerOne', { amount: say(range.from) })
    : t('opg.answerRange', { from: say(range.from), to: say(range.to) })
}
