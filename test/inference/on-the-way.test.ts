/** What the window shows while price and payee are on their way. */
import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src/background/default-settings.ts'
import { toAtomic } from '../../src/domain/amount.ts'
import { SITE } from '../ledger/make-ledger.ts'
import { budgetOf, endOf, makeAsk, makeWorld, PRICE, type World } from './consent-world.ts'

const OFFER = new Response('', { status: 402, headers: { 'PAYMENT-REQUIRED': 'x' } })

/** A world whose gateway answers the unpaid request only when told to. */
async function makeSlowWorld() {
  let answer: () => void = () => undefined
  const may = new Promise<void>((resolve) => {
    answer = resolve
  })
  const world: World = await makeWorld({
    fetch: (url) => {
      if (url.endsWith('/quote')) return null
      return may.then(() => OFFER.clone())
    },
  })
  return { world, answer }
}

describe('while the payee is not known', () => {
  it('offers the budgets of the settings, and says what is left today', async () => {
    const { world, answer } = await makeSlowWorld()
    const ended = endOf(world.inference, makeAsk())
    await world.whenIn('offer')
    const view = world.queue.current()
    expect(view?.suggested).toEqual(DEFAULT_SETTINGS.newSite.USDC)
    expect(view?.request).toMatchObject({ max: PRICE.toString(), payTo: null })
    expect(view?.today?.currency).toBe('USDC')
    expect(view?.current).toBeNull()
    answer()
    await world.whenIn('ready')
    expect(world.queue.current()).toMatchObject({ suggested: view?.suggested, today: view?.today })
    world.closeWindow()
    await ended
  })

  it('names the budget that the site has, and that each request asks', async () => {
    let may: Promise<void> = Promise.resolve()
    let answer: () => void = () => undefined
    const world = await makeWorld({
      fetch: (url) => (url.endsWith('/quote') ? null : may.then(() => OFFER.clone())),
    })
    await world.ledger.putBudget(SITE, budgetOf({ cap: toAtomic(PRICE * 3n) }), 'ask')
    const ended = endOf(world.inference, makeAsk())
    await world.whenIn('ready')
    may = new Promise((resolve) => {
      answer = resolve
    })
    world.queue.recheck()
    await world.whenIn('offer')
    expect(world.queue.current()).toMatchObject({ asksEach: true, current: { cap: '120000', settled: '0' } })
    answer()
    await world.whenIn('ready')
    world.closeWindow()
    await ended
  })

  it('cannot be approved', async () => {
    const { world, answer } = await makeSlowWorld()
    const ended = endOf(world.inference, makeAsk())
    await world.whenIn('offer')
    const view = world.queue.current()
    world.queue.shown(view?.id ?? '', view?.digest ?? '')
    expect(world.queue.decide(view?.id ?? '', view?.digest ?? '', { kind: 'once' })).toBe(false)
    answer()
    await world.whenIn('ready')
    world.closeWindow()
    await ended
  })
})

describe('a look again', () => {
  it('keeps a price on screen that was shown, without letting it be approved', async () => {
    const world = await makeWorld()
    const ended = endOf(world.inference, makeAsk())
    await world.whenIn('ready')
    const seen = world.watch()
    world.queue.recheck()
    await expect.poll(() => seen.at(-1)?.state).toBe('ready')
    expect(seen.map(({ state }) => state)).toContain('quoting')
    for (const { request } of seen) expect(request?.max).toBe(PRICE.toString())
    world.closeWindow()
    await ended
  })

  it('leaves what stands in the way on screen', async () => {
    const world = await makeWorld({ balance: 0n })
    const ended = endOf(world.inference, makeAsk())
    await world.whenIn('insufficient-funds')
    const seen = world.watch()
    world.queue.recheck()
    await expect.poll(() => seen.length).toBeGreaterThan(0)
    expect(new Set(seen.map(({ state }) => state))).toEqual(new Set(['insufficient-funds']))
    world.closeWindow()
    await ended
  })
})
