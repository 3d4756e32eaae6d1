import type { BudgetView } from '../../protocol/ui-views.ts'
import { Button } from '../components/button.tsx'
import { FactList } from '../components/fact-list.tsx'
import { Meter } from '../components/meter.tsx'
import { Money } from '../components/money.tsx'
import { budgetTitle } from '../format/mode-words.ts'
import { renewWords } from '../format/period-words.ts'
import { formatDate } from '../format/time.ts'
import { t } from '../words.ts'

interface BudgetCardProps {
  readonly budget: BudgetView
  readonly busy: boolean
  readonly onEdit: () => void
  readonly onRemove: () => void
}

/** One budget of a site, with all of its figures. */
export function BudgetCard({ budget, busy, onEdit, onRemove }: BudgetCardProps) {
  const renews = renewWords(budget.period, budget.renewsAtMs)
  return (
    <section class="card stack-tight" aria-label={budgetTitle(budget)}>
      <Meter meter={budget} title={budgetTitle(budget)} />
      <FactList
        facts={[
          {
            name: t('budget.perRequest'),
            value: (
              <Money
                amount={budget.maxPerRequest}
                currency={budget.currency}
                rounding="exact"
                label={false}
              />
            ),
          },
          renews && { name: t('budget.period'), value: renews.when },
          {
            name: t('budget.models'),
            value: budget.models === 'all' ? t('budget.modelsAll') : <bdi>{budget.models.join(', ')}</bdi>,
          },
          {
            name: t('budget.expiry'),
            value: budget.expiresAtMs === null ? t('budget.expiryNever') : formatDate(budget.expiresAtMs),
          },
        ]}
      />
      <div class="row">
        <Button size="s" disabled={busy} onClick={onEdit}>
          {t('common.edit')}
        </Button>
        <Button size="s" kind="quiet" disabled={busy} onClick={onRemove}>
          {t('common.remove')}
        </Button>
      </div>
    </section>
  )
}
