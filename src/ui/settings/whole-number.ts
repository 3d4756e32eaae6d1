import { t } from '../words.ts'

export type WholeNumber =
  | { readonly kind: 'ok'; readonly value: number }
  | { readonly kind: 'wrong'; readonly error: string }

/** Reads a count as typed, within bounds: minutes, days, tokens. Never money. */
export function parseWholeNumber(text: string, least: number, most: number): WholeNumber {
  const trimmed = text.trim()
  const value = /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : Number.NaN
  if (value >= least && value <= most) return { kind: 'ok', value }
  return { kind: 'wrong', error: t('settings.between', { least, most }) }
}
