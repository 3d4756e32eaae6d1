import { describe, expect, it } from 'vitest'
import { ZERO } from '../../src/domain/amount.ts'
import type { Period } from '../../src/domain/budget.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { parseTotal } from '../../src/ledger/rows/total-row.ts'
import { readEverything } from './audit.ts'
import { grantUsdc, makeLedger, makeReservation, OTHER, SITE, usdc } from './make-ledger.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Reserves under whatever grant there is now. */
async function reserveNow(ledger: Ledger, amount: string): Promise<string> {
  const grant = await ledger.getGrant(SITE)
  const result = await ledger.reserve(
    makeReservation({ amount: usdc(amount), grantRevision: grant?.revision ?? null }),
  )
  return result.kind === 'refused' ? result.reason : result.kind
}

async function used(ledger: Ledger): Promise<bigint> {
  const [use] = await ledger.budgetUse(SITE)
  if (use === undefined) throw new Error('No budget')
  return use.used.live + use.used.settled
}

describe('grants', () => {
  it('keep the budget under its id when it is edited, and begin anew when it is granted anew', async () => {
    const { ledger } = await makeLedger()
    const { budget } = await grantUsdc(ledger, '0.5')
    await reserveNow(ledger, '0.01')
    const edited = await grantUsdc(ledger, '0.6', { id: budget.id })
    expect(edited.budget.id).toBe(budget.id)
    expect(await used(ledger)).toBe(usdc('0.01'))
    const anew = await grantUsdc(ledger, '0.6')
    expect(anew.budget.id).not.toBe(budget.id)
    expect(await used(ledger)).toBe(0n)
  })

  it('take a budget and how it asks in one step', async () => {
    const { ledger } = await makeLedger()
    const { budget } = await grantUsdc(ledger, '0.5')
    const grant = await ledger.putBudget(SITE, budget, 'ask')
    expect(grant).toMatchObject({ mode: 'ask', budgets: { USDC: { id: budget.id } } })
    expect((await ledger.putBudget(SITE, budget)).mode).toBe('ask')
  })

  it('refuse the edit of a budget that is gone', async () => {
    const { ledger } = await makeLedger()
    const { budget } = await grantUsdc(ledger, '0.5')
    await ledger.revoke(SITE)
    await expect(grantUsdc(ledger, '0.6', { id: budget.id })).rejects.toThrow('grant-changed')
    expect(await ledger.getGrant(SITE)).toBeNull()
  })

  it('grow their revision with every change, over revocation too', async () => {
    const { ledger } = await makeLedger()
    const revisions = [
      (await grantUsdc(ledger, '0.5')).revision,
      (await ledger.setMode(SITE, 'ask')).revision,
      (await ledger.setSettlement(SITE, 'private')).revision,
      (await grantUsdc(ledger, '0.5', {}, OTHER)).revision,
    ]
    await ledger.revoke(SITE)
    revisions.push((await grantUsdc(ledger, '0.5')).revision)
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b))
  })

  it('lose one currency, or everything', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    await ledger.putBudget(SITE, {
      currency: 'tUSDC',
      cap: usdc('1'),
      period: 'total',
      maxPerRequest: usdc('1'),
      models: ['a', 'b'],
      expiresAtMs: 5,
    })
    await ledger.revoke(SITE, 'USDC')
    expect(Object.keys((await ledger.getGrant(SITE))?.budgets ?? {})).toEqual(['tUSDC'])
    await ledger.revoke(SITE)
    await ledger.revoke(SITE)
    expect(await ledger.listGrants()).toEqual([])
  })

  it('can block a site that was never granted anything', async () => {
    const { ledger } = await makeLedger()
    expect(await ledger.setMode(SITE, 'blocked')).toMatchObject({ mode: 'blocked', budgets: {} })
  })

  it.each(['auto', 'ask'] as const)(
    'remember through pause and block that the site was on %s',
    async (mode) => {
      const { ledger, reopen } = await makeLedger()
      await ledger.setMode(SITE, mode)
      await ledger.setMode(SITE, 'paused')
      await ledger.setMode(SITE, 'blocked')
      await grantUsdc(ledger, '0.5')
      expect(await reopen().getGrant(SITE)).toMatchObject({ mode: 'blocked', resumesTo: mode })
    },
  )

  it('remember through a pause the mode that came with a budget', async () => {
    const { ledger } = await makeLedger()
    const figures = { cap: usdc('1'), period: 'day', maxPerRequest: usdc('1'), models: 'all' } as const
    await ledger.putBudget(SITE, { currency: 'USDC', expiresAtMs: null, ...figures }, 'ask')
    await ledger.setMode(SITE, 'paused')
    expect(await ledger.getGrant(SITE)).toMatchObject({ mode: 'paused', resumesTo: 'ask' })
  })

  it('show a lowered cap that is passed already as nothing left, and let nothing more through', async () => {
    const { ledger } = await makeLedger()
    const { budget } = await grantUsdc(ledger, '0.5')
    await reserveNow(ledger, '0.02')
    await grantUsdc(ledger, '0.01', { id: budget.id })
    expect(await ledger.budgetUse(SITE)).toMatchObject([{ remaining: ZERO, used: { live: usdc('0.02') } }])
    expect(await reserveNow(ledger, '0.000001')).toBe('over-budget')
  })

  it.each<[Period, number, number]>([
    ['hour', HOUR, HOUR / 2],
    ['day', DAY, HOUR],
    ['week', 7 * DAY, DAY],
    ['month', 31 * DAY, 10 * DAY],
  ])('renew by the %s and say when', async (period, length, within) => {
    const { ledger, clock } = await makeLedger()
    await grantUsdc(ledger, '0.01', { period })
    expect(await reserveNow(ledger, '0.01')).toBe('reserved')
    clock.advance(within)
    expect(await reserveNow(ledger, '0.000001')).toBe('over-budget')
    const [use] = await ledger.budgetUse(SITE)
    expect(use?.renewsAtMs).toBeGreaterThan(clock.nowMs())
    clock.set((use?.renewsAtMs ?? 0) - 1)
    expect(await reserveNow(ledger, '0.000001')).toBe('over-budget')
    clock.advance(1)
    expect(await reserveNow(ledger, '0.01')).toBe('reserved')
    clock.advance(length)
    expect(await used(ledger)).toBe(0n)
  })

  it('never renew without end', async () => {
    const { ledger, clock } = await makeLedger()
    await grantUsdc(ledger, '0.02', { period: 'total' })
    expect(await reserveNow(ledger, '0.01')).toBe('reserved')
    clock.advance(800 * DAY)
    expect(await reserveNow(ledger, '0.01')).toBe('reserved')
    expect(await reserveNow(ledger, '0.000001')).toBe('over-budget')
    expect(await ledger.budgetUse(SITE)).toMatchObject([{ renewsAtMs: null, remaining: ZERO }])
  })

  it.each<[Period, Period]>([
    ['day', 'hour'],
    ['day', 'week'],
    ['day', 'month'],
    ['day', 'total'],
    ['hour', 'day'],
    ['hour', 'month'],
    ['week', 'total'],
    ['month', 'hour'],
    ['total', 'day'],
    ['total', 'week'],
  ])('count what was spent so far when their period changes from %s to %s', async (from, to) => {
    const { ledger } = await makeLedger()
    const { budget } = await grantUsdc(ledger, '0.02', { period: from })
    const grant = await ledger.getGrant(SITE)
    const first = makeReservation({ amount: usdc('0.006'), grantRevision: grant?.revision ?? null })
    await ledger.reserve(first)
    expect(await reserveNow(ledger, '0.004')).toBe('reserved')
    await grantUsdc(ledger, '0.02', { period: to, id: budget.id })
    expect(await used(ledger)).toBe(usdc('0.01'))
    expect(await reserveNow(ledger, '0.010001')).toBe('over-budget')
    expect(await reserveNow(ledger, '0.01')).toBe('reserved')
    await ledger.release(first.payment.id)
    expect(await used(ledger)).toBe(usdc('0.014'))
    await grantUsdc(ledger, '0.02', { period: from, id: budget.id })
    expect(await used(ledger)).toBe(usdc('0.014'))
  })

  it('leave no row behind that their period does not ask for', async () => {
    const { ledger, name } = await makeLedger()
    const { budget } = await grantUsdc(ledger, '0.02', { period: 'month' })
    await reserveNow(ledger, '0.001')
    const ownRows = async () =>
      (await readEverything(name)).totals
        ?.map(parseTotal)
        .filter(({ scope }) => scope !== 'all')
        .map(({ kind }) => kind)
    expect(await ownRows()).toEqual(['day'])
    await grantUsdc(ledger, '0.02', { period: 'total', id: budget.id })
    expect(await ownRows()).toEqual(['life'])
    await grantUsdc(ledger, '0.02', { period: 'day', id: budget.id })
    expect(await ownRows()).toEqual([])
  })

  it('count an older spending without end when they become such', async () => {
    const { ledger, clock } = await makeLedger()
    const { budget } = await grantUsdc(ledger, '0.02')
    for (let day = 0; day < 3; day += 1) {
      await reserveNow(ledger, '0.002')
      clock.advance(40 * DAY)
    }
    await grantUsdc(ledger, '0.02', { period: 'total', id: budget.id })
    expect(await used(ledger)).toBe(usdc('0.006'))
  })
})

describe('guards', () => {
  it('begin with the default limits, locked and not frozen', async () => {
    const { reopen, ledger } = await makeLedger()
    await ledger.wipe()
    expect(await reopen().getGuards()).toMatchObject({
      frozen: false,
      unlockedUntilMs: 0,
      limits: { USDC: { enabled: true, perDay: usdc('5') }, OPG: { enabled: false } },
    })
  })

  it('grow their revision with every change and outlive the instance', async () => {
    const { ledger, reopen } = await makeLedger()
    const before = await ledger.getGuards()
    const frozen = await ledger.setFrozen(true)
    expect(frozen.revision).toBeGreaterThan(before.revision)
    expect(await reopen().getGuards()).toEqual(frozen)
  })
})
