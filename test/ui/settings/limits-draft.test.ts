import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { raisesLimits } from '../../../src/background/views/guards-view.ts'
import { parseAtomic } from '../../../src/domain/amount.ts'
import type { Limits as DomainLimits } from '../../../src/domain/budget.ts'
import { CURRENCIES, type Currency } from '../../../src/domain/currency.ts'
import {
  type Limits,
  limitsDraftOf,
  parseLimitsDraft,
  raises,
} from '../../../src/ui/settings/limits-draft.ts'
import { newSitesDraftOf, parseNewSitesDraft } from '../../../src/ui/settings/new-sites-draft.ts'
import { parseWholeNumber } from '../../../src/ui/settings/whole-number.ts'
import { makeGuards, makeSettings } from '../samples.ts'

const LIMITS = makeGuards().limits

function withUsdc(part: Partial<Limits['USDC']>): Limits {
  return { ...LIMITS, USDC: { ...LIMITS.USDC, ...part } }
}

describe('limits', () => {
  it('come back as they were where nothing was changed', () => {
    expect(parseLimitsDraft(limitsDraftOf(LIMITS))).toEqual({ kind: 'ok', limits: LIMITS })
  })
  it('refuse a request above the day, in the currency at hand', () => {
    const draft = limitsDraftOf(LIMITS)
    const wrong = { ...draft, OPG: { ...draft.OPG, maxPerRequest: '10.000000000000000001' } }
    expect(parseLimitsDraft(wrong)).toEqual({
      kind: 'wrong',
      errors: { OPG: { maxPerRequest: expect.any(String) } },
    })
  })
  it('take nothing at all as a limit', () => {
    const draft = limitsDraftOf(withUsdc({ maxPerRequest: '0', perDay: '0' }))
    expect(parseLimitsDraft(draft).kind).toBe('ok')
  })
})

describe('raising', () => {
  const cases: readonly (readonly [string, Limits, boolean])[] = [
    ['nothing changed', LIMITS, false],
    ['a request by one atomic unit', withUsdc({ maxPerRequest: '50001' }), true],
    ['the day by one atomic unit', withUsdc({ perDay: '5000001' }), true],
    ['a currency switched on', { ...LIMITS, OPG: { ...LIMITS.OPG, enabled: true } }, true],
    ['a currency switched off', withUsdc({ enabled: false }), false],
    ['both lowered', withUsdc({ maxPerRequest: '1', perDay: '2' }), false],
    ['one lowered, the other raised', withUsdc({ maxPerRequest: '1', perDay: '5000001' }), true],
  ]
  it.each(cases)('%s', (_, after, expected) => {
    expect(raises(LIMITS, after)).toBe(expected)
  })
  it.each(cases)('is what the background takes it for: %s', (_, after) => {
    expect(raises(LIMITS, after)).toBe(raisesLimits(toDomain(LIMITS), toDomain(after)))
  })
})

function toDomain(limits: Limits): DomainLimits {
  const one = (currency: Currency) => ({
    enabled: limits[currency].enabled,
    maxPerRequest: parseAtomic(limits[currency].maxPerRequest),
    perDay: parseAtomic(limits[currency].perDay),
  })
  return { USDC: one('USDC'), OPG: one('OPG'), tUSDC: one('tUSDC'), tOPG: one('tOPG') }
}

describe('what a new site is offered', () => {
  const { newSite } = makeSettings()
  it('comes back as it was where nothing was changed', () => {
    expect(parseNewSitesDraft(newSitesDraftOf(newSite))).toEqual({ kind: 'ok', newSite })
  })
  it('refuses more per request than in all', () => {
    const draft = newSitesDraftOf(newSite)
    const { USDC } = draft
    if (!USDC) throw new Error('No dollars among the samples')
    expect(parseNewSitesDraft({ ...draft, USDC: { ...USDC, maxPerRequest: '0.500001' } })).toEqual({
      kind: 'wrong',
      errors: { USDC: { perRequest: expect.any(String) } },
    })
  })
  it('covers every currency', () => {
    expect(Object.keys(newSitesDraftOf(newSite))).toEqual([...CURRENCIES])
  })
})

describe('a count', () => {
  it.each([
    ['1', 1],
    ['480', 480],
    [' 15 ', 15],
    ['0015', 15],
  ])('reads %s', (text, value) => {
    expect(parseWholeNumber(text, 1, 480)).toEqual({ kind: 'ok', value })
  })
  it.each(['', '0', '481', '1.5', '-1', '1e2', '٣', '15 min'])('refuses %s', (text) => {
    expect(parseWholeNumber(text, 1, 480).kind).toBe('wrong')
  })
})
