import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import type { Budget } from '../../src/domain/budget.ts'
import { BASE } from '../../src/domain/network.ts'
import { NOON, PAYEE, SITE, USDC_BASE } from '../ledger/make-ledger.ts'
import { budgetOf, makeAsk, makeWorld, type World } from './consent-world.ts'

/** A site with a budget, and a gateway whose payee was approved before. */
async function open(change: Partial<Budget> = {}): Promise<World> {
  const world = await makeWorld()
  await world.ledger.putBudget(SITE, budgetOf(change))
  await world.ledger.putPin({
    ...{ gatewayId: 'jumpgate', network: BASE, asset: USDC_BASE, scheme: 'exact', payTo: PAYEE },
    ...{ maxTimeoutSeconds: 60, resourceJson: null, extraJson: '{}', approvedAtMs: NOON },
  })
  return world
}
const of = (world: World, model: string | null = null) =>
  world.inference.availability(makeAsk().caller, model)

describe('availability', () => {
  it('is there where a call would be silent', async () => {
    expect(await of(await open())).toBe('available')
  })

  it.each<readonly [string, Partial<Budget>]>([
    ['does not list the model', { models: ['another'] }],
    ['is in a currency that the gateway does not take', { currency: 'OPG' }],
    ['has ended', { expiresAtMs: NOON }],
    ['is used up', { cap: toAtomic(0n) }],
  ])('needs approval where the budget %s', async (_name, change) => {
    expect(await of(await open(change))).toBe('needs-approval')
  })

  it('needs approval where nobody approved the gateway’s payee yet', async () => {
    const world = await open()
    await world.ledger.dropPins('jumpgate')
    expect(await of(world)).toBe('needs-approval')
  })

  it('needs approval where every request asks', async () => {
    const world = await open()
    await world.ledger.setMode(SITE, 'ask')
    expect(await of(world)).toBe('needs-approval')
  })

  it('is none for a model that nobody has', async () => {
    expect(await of(await open(), 'nobody-has-it')).toBe('unavailable')
  })
})
