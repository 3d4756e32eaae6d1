/** What a person types into an amount field. */
import { type AtomicAmount, formatDecimal, parseAtomic, parseDecimal } from '../../domain/amount.ts'

export type MoneyInput =
  | { readonly kind: 'amount'; readonly amount: AtomicAmount }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-a-number' }
  | { readonly kind: 'too-many-decimals'; readonly decimals: number }

/** Reads `0.50`, `$0,50` or `.5` in whole units; grouping marks are refused rather than guessed at. */
export function parseMoneyInput(text: string, decimals: number): MoneyInput {
  const trimmed = text.trim().replace(/^\$\s*/, '')
  if (trimmed === '') return { kind: 'empty' }
  const match = /^(\d{0,30})(?:[.,](\d{0,40}))?$/.exec(trimmed)
  const [, whole = '', fraction = ''] = match ?? []
  if (!match || (whole === '' && fraction === '')) return { kind: 'not-a-number' }
  const significant = fraction.replace(/0+$/, '')
  if (significant.length > decimals) return { kind: 'too-many-decimals', decimals }
  const head = whole.replace(/^0+(?=\d)/, '') || '0'
  return { kind: 'amount', amount: parseDecimal(significant ? `${head}.${significant}` : head, decimals) }
}

/** The text that an amount field starts with: every digit, a point, no grouping. */
export function moneyInputText(amount: string, decimals: number): string {
  return formatDecimal(parseAtomic(amount), decimals)
}
