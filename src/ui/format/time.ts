/** Moments and spans in words, in the person's locale and time zone. Times are unix ms. */
import { t, tCount } from '../words.ts'
import { cached } from './cached.ts'

const dateFormat = cached(
  (locale: string | undefined, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, options),
)
const relativeFormat = cached(
  (locale: string | undefined, options: Intl.RelativeTimeFormatOptions) =>
    new Intl.RelativeTimeFormat(locale, options),
)

interface TimeOptions {
  readonly locale?: string
  readonly timeZone?: string
}

/** `14:32`. */
export function formatTime(ms: number, { locale, timeZone }: TimeOptions = {}): string {
  return dateFormat(locale, { timeStyle: 'short', ...zone(timeZone) }).format(ms)
}

/** `21 Nov 2026, 14:32:05`. */
export function formatDateTime(ms: number, { locale, timeZone }: TimeOptions = {}): string {
  return dateFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    ...zone(timeZone),
  }).format(ms)
}

/** `21 Nov 2026`. */
export function formatDate(ms: number, { locale, timeZone }: TimeOptions = {}): string {
  return dateFormat(locale, { dateStyle: 'medium', ...zone(timeZone) }).format(ms)
}

/** `21 Nov`. */
export function formatDay(ms: number, { locale, timeZone }: TimeOptions = {}): string {
  return dateFormat(locale, { day: 'numeric', month: 'short', ...zone(timeZone) }).format(ms)
}

/** `14:32` on the same day, `22 Nov 2026, 00:10` on another one. */
export function formatMoment(ms: number, nowMs: number, options: TimeOptions = {}): string {
  if (formatDate(ms, options) === formatDate(nowMs, options)) return formatTime(ms, options)
  const { locale, timeZone } = options
  return dateFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...zone(timeZone),
  }).format(ms)
}

/** `just now`, `5 minutes ago`, `3 days ago`; the date from a month on. */
export function formatAge(ms: number, nowMs: number, options: TimeOptions = {}): string {
  const seconds = Math.round((nowMs - ms) / 1000)
  if (seconds < 45) return t('time.justNow')
  const relative = relativeFormat(options.locale, { numeric: 'auto' })
  if (seconds < 3600) return relative.format(-Math.max(1, Math.round(seconds / 60)), 'minute')
  if (seconds < 86_400) return relative.format(-Math.round(seconds / 3600), 'hour')
  if (seconds < 30 * 86_400) return relative.format(-Math.round(seconds / 86_400), 'day')
  return formatDate(ms, options)
}

/** `45 seconds`, `2 minutes`; rounds up, so that it never ends before its word. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return seconds < 120 ? tCount('time.seconds', seconds) : tCount('time.minutes', Math.ceil(seconds / 60))
}

/** `1:05`. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

function zone(timeZone: string | undefined): { timeZone?: string } {
  return timeZone === undefined ? {} : { timeZone }
}
