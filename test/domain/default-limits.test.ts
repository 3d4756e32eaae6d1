import { describe, expect, it } from 'vitest'
import { formatDecimal } from '../../src/domain/amount.ts'
import { CURRENCIES, type Currency, decimalsOf } from '../../src/domain/currency.ts'
import { DEFAULT_LIMITS, DEFAULT_OPG_ALLOWANCE, defaultBudget } from '../../src/domain/default-limits.ts'
import { PANEL, type Principal, parseOrigin } from '../../src/domain/principal.ts'

const SITE: Principal = parseOrigin('https://example.com') ?? PANEL
const BOTH: readonly Principal[] = [SITE, PANEL]

describe('the defaults', () => {
  // docs/PAYMENTS.md
  it.each([
    ['USDC', true, '0.05', '5'],
    ['tUSDC', true, '0.05', '5'],
    ['OPG', false, '5', '10'],
    ['tOPG', false, '5', '10'],
  ] as const)('limit %s: enabled %s, %s per request, %s per day', (currency, enabled, perRequest, perDay) => {
    const limit = DEFAULT_LIMITS[currency]
    expect(limit.enabled).toBe(enabled)
    expect(formatDecimal(limit.maxPerRequest, decimalsOf(currency))).toBe(perRequest)
    expect(formatDecimal(limit.perDay, decimalsOf(currency))).toBe(perDay)
  })

  it.each<[string, Principal, Currency, string, string]>([
    ['a site', SITE, 'USDC', '0.5', '0.05'],
    ['a site', SITE, 'tUSDC', '0.5', '0.05'],
    ['a site', SITE, 'OPG', '1', '0.1'],
    ['a site', SITE, 'tOPG', '1', '0.1'],
    ['the panel', PANEL, 'USDC', '1', '0.05'],
    ['the panel', PANEL, 'tUSDC', '1', '0.05'],
  ])('propose %s (%s) in %s: %s a day, %s per request', (_who, principal, currency, cap, perRequest) => {
    const budget = defaultBudget(principal, currency)
    expect(budget).toMatchObject({ currency, period: 'day', models: 'all', expiresAtMs: null })
    expect(formatDecimal(budget.cap, decimalsOf(currency))).toBe(cap)
    expect(formatDecimal(budget.maxPerRequest, decimalsOf(currency))).toBe(perRequest)
  })

  it("keep every proposed budget within the person's own limits", () => {
    for (const currency of CURRENCIES) {
      for (const principal of BOTH) {
        const budget = defaultBudget(principal, currency)
        expect(budget.cap).toBeLessThanOrEqual(DEFAULT_LIMITS[currency].perDay)
        expect(budget.maxPerRequest).toBeLessThanOrEqual(DEFAULT_LIMITS[currency].maxPerRequest)
      }
    }
  })

  it('propose an allowance of 10 OPG', () => {
    expect(formatDecimal(DEFAULT_OPG_ALLOWANCE, 18)).toBe('10')
  })
})
