/** Budget periods in words: calendar periods in local time. */
import type { Period } from '../../domain/budget.ts'
import { t } from '../words.ts'
import { formatDay, formatTime } from './time.ts'

/** `a day`, `in all`. */
export function periodWords(period: Period): string {
  switch (period) {
    case 'hour':
      return t('period.perHour')
    case 'day':
      return t('period.perDay')
    case 'week':
      return t('period.perWeek')
    case 'month':
      return t('period.perMonth')
    case 'total':
      return t('period.total')
  }
}

/** For a list to choose from: `Each day`, with when it starts anew. */
export function periodChoice(period: Period): string {
  switch (period) {
    case 'hour':
      return t('period.choiceHour')
    case 'day':
      return t('period.choiceDay')
    case 'week':
      return t('period.choiceWeek')
    case 'month':
      return t('period.choiceMonth')
    case 'total':
      return t('period.choiceTotal')
  }
}

/** `again at midnight`, `again on 1 Dec`: when a period starts anew; empty where it never does. */
export function renewWords(period: Period, renewsAtMs: number | null): string {
  if (renewsAtMs === null) return ''
  switch (period) {
    case 'hour':
      return t('period.againAt', { time: formatTime(renewsAtMs) })
    case 'day':
      return t('period.againMidnight')
    case 'week':
    case 'month':
      return t('period.againOn', { date: formatDay(renewsAtMs) })
    case 'total':
      return ''
  }
}
