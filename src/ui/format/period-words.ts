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

/** When a period starts anew. */
export interface RenewWords {
  /** By itself: `again at midnight`, `again on 1 Dec`. */
  readonly again: string
  /** After words that say what happens then: `at midnight`, `on 1 Dec`. */
  readonly when: string
}

/** Null where it never does. */
export function renewWords(period: Period, renewsAtMs: number | null): RenewWords | null {
  if (renewsAtMs === null) return null
  switch (period) {
    case 'hour': {
      const time = formatTime(renewsAtMs)
      return { again: t('period.againAt', { time }), when: t('period.atTime', { time }) }
    }
    case 'day':
      return { again: t('period.againMidnight'), when: t('period.atMidnight') }
    case 'week':
    case 'month': {
      const date = formatDay(renewsAtMs)
      return { again: t('period.againOn', { date }), when: t('period.onDate', { date }) }
    }
    case 'total':
      return null
  }
}
