import { cached } from './cached.ts'

const numberFormat = cached((locale: string | undefined) => new Intl.NumberFormat(locale))

/** A plain number in the person's locale: tokens, rows. */
export function formatCount(count: number, locale?: string): string {
  return numberFormat(locale, undefined).format(count)
}
