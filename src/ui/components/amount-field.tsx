import type { ComponentChildren } from 'preact'
import { type Currency, isTestMoney } from '../../domain/currency.ts'
import { isDollars } from '../format/money.ts'
import { t } from '../words.ts'
import { TextField } from './text-field.tsx'

interface AmountFieldProps {
  readonly label: string
  readonly currency: Currency
  /** Whole units, as typed. */
  readonly value: string
  readonly onInput: (value: string) => void
  readonly error?: string | undefined
  readonly hint?: ComponentChildren
}

/** An amount of a currency, in whole units. The unit is part of the label for those who hear it. */
export function AmountField({ label, currency, value, onInput, error, hint }: AmountFieldProps) {
  const unit = isDollars(currency) ? t('money.dollarUnit') : t('money.opgUnit')
  return (
    <TextField
      label={
        isTestMoney(currency) ? t('money.fieldTest', { label, unit }) : t('money.field', { label, unit })
      }
      inputMode="decimal"
      value={value}
      onInput={onInput}
      error={error}
      hint={hint}
      maxLength={60}
    />
  )
}
