import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import {
  formatAge,
  formatCountdown,
  formatMoment,
  formatSpan,
  formatTime,
} from '../../../src/ui/format/time.ts'

const NOON = Date.UTC(2026, 10, 21, 12, 0, 0)
const UTC = { locale: 'en-GB', timeZone: 'UTC' }
const MINUTE = 60_000

describe('times', () => {
  it('says the hour and minute', () => {
    expect(formatTime(NOON + 152 * MINUTE, UTC)).toBe('14:32')
  })
  it('says the time alone on the same day', () => {
    expect(formatMoment(NOON + 152 * MINUTE, NOON, UTC)).toBe('14:32')
  })
  it('says the day where it is another one', () => {
    expect(formatMoment(NOON + 13 * 60 * MINUTE, NOON, UTC)).toBe('22 Nov 2026, 01:00')
  })
  it.each([
    [0, 'just now'],
    [44_000, 'just now'],
    [60_000, '1 minute ago'],
    [5 * MINUTE, '5 minutes ago'],
    [3 * 60 * MINUTE, '3 hours ago'],
    [24 * 60 * MINUTE, 'yesterday'],
    [40 * 24 * 60 * MINUTE, '12 Oct 2026'],
    [-5 * MINUTE, 'just now'],
  ])('an age of %d ms is %s', (age, words) => {
    expect(formatAge(NOON - age, NOON, UTC)).toBe(words)
  })
  it.each([
    [1, '1 second'],
    [1_000, '1 second'],
    [59_001, '60 seconds'],
    [120_000, '2 minutes'],
    [-1, '0 seconds'],
  ])('a span of %d ms is %s', (span, words) => {
    expect(formatSpan(span)).toBe(words)
  })
  it.each([
    [120_000, '2:00'],
    [64_500, '1:05'],
    [0, '0:00'],
    [-1, '0:00'],
  ])('%d ms to go is %s', (left, words) => {
    expect(formatCountdown(left)).toBe(words)
  })
})
