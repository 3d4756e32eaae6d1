import type { Period } from '../../domain/budget.ts'
import type { Currency } from '../../domain/currency.ts'
import { t } from '../words.ts'
import { moneyText } from './money.ts'
import { periodWords } from './period-words.ts'

/** `$0.50 a day`. The cap is a decimal string in atomic units. */
export function budgetWords(budget: {
  readonly cap: string
  readonly currency: Currency
  readonly period: Period
}): string {
  const amount = moneyText(budget.cap, budget.currency, { rounding: 'exact' })
  return t('budget.words', { amount, period: periodWords(budget.period) })
}
