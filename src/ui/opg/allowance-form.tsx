import { useState } from 'preact/hooks'
import { formatAtomic } from '../../domain/amount.ts'
import { decimalsOf } from '../../domain/currency.ts'
import { DEFAULT_OPG_ALLOWANCE } from '../../domain/default-limits.ts'
import { AmountField } from '../components/amount-field.tsx'
import { Button } from '../components/button.tsx'
import { moneyInputText } from '../format/money-input.ts'
import { ReviewFailure } from '../transfers/review-failure.tsx'
import { t } from '../words.ts'
import { parseAllowance } from './opg-draft.ts'
import type { OpgCurrency } from './opg-network.ts'
import type { OpgDesk } from './use-opg-desk.ts'

interface AllowanceFormProps {
  readonly currency: OpgCurrency
  /** There is an allowance to revoke. */
  readonly revocable: boolean
  readonly desk: OpgDesk
}

/** A new allowance, or none: both lead to the review of a transaction. */
export function AllowanceForm({ currency, revocable, desk }: AllowanceFormProps) {
  const [text, setText] = useState(() =>
    moneyInputText(formatAtomic(DEFAULT_OPG_ALLOWANCE), decimalsOf(currency)),
  )
  const [error, setError] = useState<string | undefined>()
  const { state } = desk.review
  const look = () => {
    const parsed = parseAllowance(text)
    setError(parsed.kind === 'ok' ? undefined : parsed.error)
    if (parsed.kind === 'ok') desk.lookAllowance(parsed.amount.toString())
  }
  return (
    <form
      class="card stack"
      onSubmit={(event) => {
        event.preventDefault()
        look()
      }}
    >
      <AmountField
        label={t('opg.newAllowance')}
        hint={t('opg.allowanceHint')}
        currency={currency}
        value={text}
        error={error}
        onInput={setText}
      />
      <ReviewFailure state={state} />
      <div class="row">
        <Button type="submit" kind="primary" busy={state.kind === 'reading'}>
          {t('opg.look')}
        </Button>
        {revocable && (
          <Button kind="danger" disabled={state.kind === 'reading'} onClick={() => desk.lookAllowance('0')}>
            {t('opg.revoke')}
          </Button>
        )}
      </div>
    </form>
  )
}
