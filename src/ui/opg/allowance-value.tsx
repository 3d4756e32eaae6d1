import type { UiResult } from '../../protocol/ui-protocol.ts'
import { latestOf, type Resource } from '../app/use-resource.ts'
import { Button } from '../components/button.tsx'
import { Money } from '../components/money.tsx'
import { Spinner } from '../components/spinner.tsx'
import { t } from '../words.ts'
import type { OpgCurrency } from './opg-network.ts'

interface AllowanceValueProps {
  readonly allowance: Resource<UiResult<'allowance.get'>>
  readonly currency: OpgCurrency
  readonly onRetry: () => void
}

/** The allowance as the chain has it; a failed read is said, and never shown as zero. */
export function AllowanceValue({ allowance, currency, onRetry }: AllowanceValueProps) {
  const known = latestOf(allowance)
  return (
    <>
      {known && <Money amount={known.amount} currency={currency} rounding="down" />}
      {allowance.kind === 'loading' && <Spinner label={t('common.loading')} />}
      {allowance.kind === 'failed' && (
        <span class="row">
          {t('home.readFailed')}
          <Button size="s" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        </span>
      )}
    </>
  )
}
