import { describe, expect, it } from 'vitest'
import { parseDecimal, toAtomic, ZERO } from '../../src/domain/amount.ts'
import type { Approval } from '../../src/domain/approval.ts'
import type { Budget, Grant, Guards } from '../../src/domain/budget.ts'
import { DEFAULT_LIMITS } from '../../src/domain/default-limits.ts'
import { BASE, SOLANA } from '../../src/domain/network.ts'
import { parseOrigin } from '../../src/domain/principal.ts'
import {
  ASK_REASONS,
  type AskReason,
  decideSpend,
  type RefuseReason,
  type SpendFacts,
} from '../../src/domain/spend-policy.ts'

const NOW = Date.UTC(2026, 4, 13, 12)
const usdc = (text: string) => parseDecimal(text, 6)
const unit = (count: bigint) => toAtomic(count)
const SITE = parseOrigin('https://example.com') ?? 'panel'
const PAYEE = '0x6992c688c56BE442EfE1E1cE7D5c95212ED7d59B'
const OTHER_PAYEE = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A'

const BUDGET: Budget = {
  id: 'b1',
  currency: 'USDC',
  cap: usdc('0.5'),
  period: 'day',
  maxPerRequest: usdc('0.02'),
  models: ['ambient/large'],
  expiresAtMs: null,
}
const GRANT: Grant = {
  principal: SITE,
  mode: 'auto',
  resumesTo: 'auto',
  budgets: { USDC: BUDGET },
  settlement: null,
  revision: 7,
  createdAtMs: NOW,
  updatedAtMs: NOW,
}
const GUARDS: Guards = { limits: DEFAULT_LIMITS, frozen: false, unlockedUntilMs: NOW + 1, revision: 1 }
const APPROVAL: Approval = {
  payTo: PAYEE,
  network: BASE,
  asset: 'usdc',
  max: usdc('0.01'),
  allowance: usdc('10'),
  untilMs: NOW + 1,
}

/** A request within every cap. */
function makeFacts(overrides: Partial<SpendFacts> = {}): SpendFacts {
  const max = usdc('0.01')
  return {
    nowMs: NOW,
    principal: SITE,
    currency: 'USDC',
    model: 'ambient/large',
    network: BASE,
    asset: 'usdc',
    payTo: PAYEE,
    max,
    held: max,
    maxCost: null,
    grant: GRANT,
    guards: GUARDS,
    today: { settled: ZERO, live: ZERO },
    period: { settled: ZERO, live: ZERO },
    payee: 'pinned',
    settlement: null,
    lastProofFailed: false,
    allowance: null,
    clock: 'right',
    approval: null,
    ...overrides,
  }
}

const withBudget = (change: Partial<Budget>): Grant => ({
  ...GRANT,
  budgets: { USDC: { ...BUDGET, ...change } },
})
const withLimit = (change: Partial<(typeof DEFAULT_LIMITS)['USDC']>): Guards => ({
  ...GUARDS,
  limits: { ...DEFAULT_LIMITS, USDC: { ...DEFAULT_LIMITS.USDC, ...change } },
})
const amount = (value: bigint) => ({ max: unit(value), held: unit(value) })

const ASKS: readonly (readonly [AskReason, string, Partial<SpendFacts>])[] = [
  ['no-grant', 'there is no grant', { grant: null }],
  ['mode-ask', 'every request is to be asked about', { grant: { ...GRANT, mode: 'ask' } }],
  ['no-budget-in-currency', 'the grant is in another currency', { grant: { ...GRANT, budgets: {} } }],
  ['budget-expired', 'the budget ends this very millisecond', { grant: withBudget({ expiresAtMs: NOW }) }],
  ['over-per-request', 'it costs one unit more than a request may', amount(20_001n)],
  [
    'over-remaining',
    'it costs one unit more than is left',
    { period: { settled: usdc('0.4'), live: toAtomic(90_001n) } },
  ],
  [
    'over-remaining',
    'the cap was lowered below what is spent',
    { period: { settled: usdc('0.6'), live: ZERO }, ...amount(0n) },
  ],
  ['model-not-listed', 'the model is not on the list', { model: 'ambient/mini' }],
  ['new-payee', 'the payee was never approved', { payee: 'new' }],
  ['payee-changed', 'the payee is another one', { payee: 'changed' }],
  [
    'less-private-settlement',
    'batch is asked for where private is usual',
    { settlement: { asked: 'batch', usual: 'private' } },
  ],
  [
    'less-private-settlement',
    'individual is asked for where batch is usual',
    { settlement: { asked: 'individual', usual: 'batch' } },
  ],
  ['proof-failed-before', "the gateway's last proof failed", { lastProofFailed: true }],
  ['new-allowance', 'a token allowance would be signed too', { allowance: usdc('10') }],
]

const REFUSALS: readonly (readonly [RefuseReason, string, Partial<SpendFacts>])[] = [
  ['site-blocked', 'the site is blocked', { grant: { ...GRANT, mode: 'blocked' } }],
  ['site-paused', 'the site is paused', { grant: { ...GRANT, mode: 'paused' } }],
  ['frozen', 'spending is frozen', { guards: { ...GUARDS, frozen: true } }],
  [
    'unlock-expired',
    'the wallet locks this very millisecond',
    { guards: { ...GUARDS, unlockedUntilMs: NOW } },
  ],
  ['clock-wrong', 'the clock is wrong', { clock: 'wrong' }],
  ['clock-unknown', 'the clock could not be checked', { clock: 'unknown' }],
  ['currency-off', 'the currency is off', { guards: withLimit({ enabled: false }) }],
  ['over-max-cost', "it may cost one unit more than the page's maximum", { maxCost: toAtomic(9_999n) }],
  ['over-limit-request', 'it costs one unit more than the person lets any request', amount(50_001n)],
  [
    'over-limit-day',
    "it costs one unit more than is left of the person's day",
    { today: { settled: usdc('4.9'), live: toAtomic(90_001n) } },
  ],
  [
    'over-limit-day',
    "the person's day was lowered below what is spent",
    { today: { settled: usdc('6'), live: ZERO }, ...amount(0n) },
  ],
  ['over-approved', 'the yes was for one unit less', { approval: { ...APPROVAL, max: toAtomic(9_999n) } }],
  ['over-approved', 'the yes was for another payee', { approval: { ...APPROVAL, payTo: OTHER_PAYEE } }],
  ['over-approved', 'the yes was for another network', { approval: { ...APPROVAL, network: SOLANA } }],
  [
    'over-approved',
    'the yes showed no token allowance',
    { approval: { ...APPROVAL, allowance: null }, allowance: usdc('10') },
  ],
  [
    'over-approved',
    'the yes showed an allowance of one unit less',
    { approval: APPROVAL, allowance: toAtomic(10_000_001n) },
  ],
  ['over-approved', 'the yes was for another asset', { approval: { ...APPROVAL, asset: 'opg' } }],
  [
    'over-approved',
    'the yes was given before the payee was known',
    { approval: { ...APPROVAL, payTo: null } },
  ],
]

describe('decideSpend', () => {
  it('pays within every cap, out of the budget', () => {
    expect(decideSpend(makeFacts())).toEqual({ kind: 'pay', booking: { kind: 'budget', budget: BUDGET } })
  })

  it('pays what takes every cap to its last unit', () => {
    const facts = makeFacts({
      ...amount(20_000n),
      maxCost: usdc('0.02'),
      today: { settled: usdc('4.9'), live: usdc('0.08') },
      period: { settled: usdc('0.4'), live: usdc('0.08') },
      grant: withBudget({ expiresAtMs: NOW + 1 }),
    })
    expect(decideSpend(facts).kind).toBe('pay')
  })

  it.each(ASKS)('asks (%s) when %s', (reason, _when, overrides) => {
    expect(decideSpend(makeFacts(overrides))).toEqual({ kind: 'ask', reasons: [reason] })
  })

  it.each(REFUSALS)('refuses (%s) when %s', (reason, _when, overrides) => {
    expect(decideSpend(makeFacts(overrides))).toEqual({ kind: 'refuse', reason })
  })

  it('has a row for every reason to ask, and for every reason to refuse but the one of the ledger', () => {
    expect(new Set(ASKS.map(([reason]) => reason))).toEqual(new Set(ASK_REASONS))
    const refusals: Record<Exclude<RefuseReason, 'grant-changed'>, true> = {
      'site-blocked': true,
      'site-paused': true,
      frozen: true,
      'unlock-expired': true,
      'clock-wrong': true,
      'clock-unknown': true,
      'currency-off': true,
      'over-max-cost': true,
      'over-limit-request': true,
      'over-limit-day': true,
      'over-approved': true,
    }
    expect(new Set(REFUSALS.map(([reason]) => reason))).toEqual(new Set(Object.keys(refusals)))
  })

  it('gives every reason to ask at once, in their fixed order', () => {
    const facts = makeFacts({
      grant: { ...withBudget({ expiresAtMs: NOW - 1, models: ['other'] }), mode: 'ask' },
      ...amount(20_001n),
      period: { settled: usdc('0.5'), live: ZERO },
      payee: 'changed',
      settlement: { asked: 'individual', usual: 'private' },
      lastProofFailed: true,
    })
    expect(decideSpend(facts)).toEqual({
      kind: 'ask',
      reasons: [
        'mode-ask',
        'budget-expired',
        'over-per-request',
        'over-remaining',
        'model-not-listed',
        'payee-changed',
        'less-private-settlement',
        'proof-failed-before',
      ],
    })
  })

  it.each([
    ['private', 'batch'],
    ['batch', 'individual'],
    ['batch', 'batch'],
  ] as const)('does not ask about %s settlement where %s is usual', (asked, usual) => {
    expect(decideSpend(makeFacts({ settlement: { asked, usual } })).kind).toBe('pay')
  })

  it('goes on within a session by an unknown clock: nothing is signed there', () => {
    const inSession = { ...amount(0n), held: toAtomic(10_000n), clock: 'unknown' } as const
    expect(decideSpend(makeFacts(inSession)).kind).toBe('pay')
    expect(decideSpend(makeFacts({ ...inSession, ...amount(1n) }))).toMatchObject({ reason: 'clock-unknown' })
  })

  describe('in order', () => {
    it('refuses a blocked site before the freeze, and the freeze before any cap', () => {
      const guards = { ...withLimit({ enabled: false }), frozen: true }
      expect(decideSpend(makeFacts({ guards, grant: { ...GRANT, mode: 'blocked' } }))).toMatchObject({
        reason: 'site-blocked',
      })
      expect(decideSpend(makeFacts({ guards }))).toMatchObject({ reason: 'frozen' })
    })

    it.each(REFUSALS.filter(([reason]) => reason !== 'unlock-expired'))(
      'refuses (%s) rather than asks when %s',
      (reason, _when, overrides) => {
        const facts = makeFacts({ payee: 'new', lastProofFailed: true, ...overrides })
        expect(decideSpend(facts)).toEqual({ kind: 'refuse', reason })
      },
    )

    it('asks a site without a grant even while the wallet is locked: the window unlocks', () => {
      const guards = { ...GUARDS, unlockedUntilMs: 0 }
      expect(decideSpend(makeFacts({ guards, grant: null }))).toEqual({ kind: 'ask', reasons: ['no-grant'] })
    })
  })

  describe('with a yes', () => {
    it.each(ASKS.filter(([, when]) => when !== 'it costs one unit more than a request may'))(
      'pays without asking (%s) when %s',
      (_reason, _when, overrides) => {
        expect(decideSpend(makeFacts({ approval: APPROVAL, ...overrides })).kind).toBe('pay')
      },
    )

    it('books within the budget what fits it', () => {
      const facts = makeFacts({ approval: APPROVAL, grant: { ...GRANT, mode: 'ask' }, payee: 'new' })
      expect(decideSpend(facts)).toEqual({ kind: 'pay', booking: { kind: 'budget', budget: BUDGET } })
    })

    it.each([
      { grant: null },
      { grant: { ...GRANT, budgets: {} } },
      { grant: withBudget({ maxPerRequest: toAtomic(9_999n) }) },
      { grant: withBudget({ models: [] }) },
      { grant: withBudget({ expiresAtMs: NOW }) },
      { period: { settled: usdc('0.5'), live: ZERO } },
    ])('books outside what the budget does not cover: %o', (overrides) => {
      const facts = makeFacts({ approval: APPROVAL, ...overrides })
      expect(decideSpend(facts)).toEqual({ kind: 'pay', booking: { kind: 'outside' } })
    })

    it.each(REFUSALS)("never lifts the person's own rules: %s when %s", (reason, _when, overrides) => {
      const facts = makeFacts({ approval: { ...APPROVAL, max: usdc('1') }, ...overrides })
      expect(decideSpend(facts)).toEqual({ kind: 'refuse', reason })
    })

    it('asks again once its time is over', () => {
      const approval = { ...APPROVAL, untilMs: NOW }
      expect(decideSpend(makeFacts({ approval, grant: null }))).toEqual({
        kind: 'ask',
        reasons: ['no-grant'],
      })
    })

    it('stands while the next offer is not read yet', () => {
      expect(decideSpend(makeFacts({ approval: APPROVAL, payTo: null, grant: null })).kind).toBe('pay')
    })

    it('does not sign in a locked wallet', () => {
      const facts = makeFacts({ approval: APPROVAL, grant: null, guards: { ...GUARDS, unlockedUntilMs: 0 } })
      expect(decideSpend(facts)).toEqual({ kind: 'refuse', reason: 'unlock-expired' })
    })
  })

  describe('in an open session', () => {
    it('counts what the request holds against its budget, and nothing against the person', () => {
      const facts = makeFacts({ max: ZERO, today: { settled: usdc('5'), live: ZERO } })
      expect(decideSpend(facts).kind).toBe('pay')
      expect(decideSpend({ ...facts, held: toAtomic(20_001n) })).toEqual({
        kind: 'ask',
        reasons: ['over-per-request'],
      })
    })

    it("holds the page's maximum and the yes against what the request holds", () => {
      const facts = makeFacts({ max: ZERO, held: usdc('0.01') })
      expect(decideSpend({ ...facts, maxCost: toAtomic(9_999n) })).toMatchObject({ reason: 'over-max-cost' })
      expect(decideSpend({ ...facts, approval: { ...APPROVAL, max: toAtomic(9_999n) } })).toMatchObject({
        reason: 'over-approved',
      })
    })
  })
})
