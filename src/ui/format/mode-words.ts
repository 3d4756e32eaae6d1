import type { GrantMode } from '../../domain/budget.ts'
import type { Currency } from '../../domain/currency.ts'
import type { BudgetView } from '../../protocol/ui-views.ts'
import { t } from '../words.ts'

/** What a site may do now, in a word or two. */
export function modeWords(mode: GrantMode): string {
  switch (mode) {
    case 'auto':
      return t('mode.auto')
    case 'ask':
      return t('mode.ask')
    case 'paused':
      return t('mode.paused')
    case 'blocked':
      return t('mode.blocked')
  }
}

/** `US dollars (USDC)`. */
export function currencyName(currency: Currency): string {
  switch (currency) {
    case 'USDC':
      return t('currency.usdc')
    case 'OPG':
      return t('currency.opg')
    case 'tUSDC':
      return t('currency.tusdc')
    case 'tOPG':
      return t('currency.topg')
  }
}

/** Heading of one budget among several. */
export function budgetTitle(budget: Pick<BudgetView, 'currency'>): string {
  return t('budget.title', { currency: currencyName(budget.currency) })
}

/** What a mode means. */
export function modeHint(mode: GrantMode): string {
  switch (mode) {
    case 'auto':
      return t('mode.autoHint')
    case 'ask':
      return t('mode.askHint')
    case 'paused':
      return t('mode.pausedHint')
    case 'blocked':
      return t('mode.blockedHint')
  }
}
