/** A site without a budget learns nothing of the wallet: whatever its state is, the site sees the same. */
import { describe, expect, it } from 'vitest'
import { type AtomicAmount, toAtomic } from '../../src/domain/amount.ts'
import type { Ask } from '../../src/inference/inference.ts'
import { SITE } from '../ledger/make-ledger.ts'
import { budgetOf, endOf, HUGE, makeAsk, makeWorld, type World, type WorldOptions } from './consent-world.ts'

const WALLETS: Readonly<Record<string, WorldOptions & { readonly frozen?: true }>> = {
  missing: { wallet: 'missing' },
  locked: { wallet: 'locked' },
  empty: { balance: 0n },
  funded: {},
  frozen: { frozen: true },
}
const CALLS: Readonly<Record<string, Partial<Ask>>> = {
  'a plain call': {},
  'a maximum of next to nothing': { maxCost: { value: '0.000001', currency: 'USDC' } },
  'a huge answer': {
    body: {
      model: 'default',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
      max_tokens: HUGE,
    },
  },
}

async function open(name: string): Promise<World> {
  const world = await makeWorld(WALLETS[name])
  if (WALLETS[name]?.frozen) await world.ledger.setFrozen(true)
  return world
}

/** How the call goes for the page: at once, or when the person closes the window. */
async function seenBySite(world: World, ask: Ask): Promise<string> {
  const ended = endOf(world.inference, ask)
  const first = await Promise.race([ended, world.whenWaiting().then(() => 'waits')])
  world.closeWindow()
  return `${first}, then ${await ended}, click ${ask.caller.hasActivation() ? 'kept' : 'gone'}`
}

const EXPECTED = {
  'a plain call': 'waits, then user_rejected, click gone',
  'a maximum of next to nothing': 'quote_exceeded, then quote_exceeded, click gone',
  'a huge answer': 'waits, then user_rejected, click gone',
}

describe('a site without a budget', () => {
  for (const [name, call] of Object.entries(CALLS)) {
    it.each(Object.keys(WALLETS))(
      `sees the same for ${name}, with a click and a wallet that is %s`,
      async (wallet) => {
        const world = await open(wallet)
        expect(await seenBySite(world, makeAsk(call))).toBe(EXPECTED[name as keyof typeof EXPECTED])
      },
    )

    it.each(Object.keys(WALLETS))(
      `sees the same for ${name}, without a click and a wallet that is %s`,
      async (wallet) => {
        const world = await open(wallet)
        expect(await seenBySite(world, makeAsk({ ...call, clicked: false }))).toBe(
          'activation_required, then activation_required, click gone',
        )
        expect(world.sent()).toBe(0)
      },
    )
  }

  it('is one whose budgets were removed, and one that was blocked and is not any more', async () => {
    const world = await makeWorld({ wallet: 'locked' })
    await world.ledger.putBudget(SITE, budgetOf())
    expect(await endOf(world.inference, makeAsk({ clicked: false }))).toBe('locked')
    await world.ledger.revoke(SITE, 'USDC')
    expect(await endOf(world.inference, makeAsk({ clicked: false }))).toBe('activation_required')
    await world.ledger.setMode(SITE, 'blocked')
    await world.ledger.setMode(SITE, 'auto')
    expect(await endOf(world.inference, makeAsk({ clicked: false }))).toBe('activation_required')
  })

  it('is told nothing of what the person blocked it for while the window was open', async () => {
    const world = await makeWorld()
    const ended = endOf(world.inference, makeAsk())
    await world.say({ kind: 'block' })
    expect(await ended).toBe('user_rejected')
  })
})

describe('an offer above the quote', () => {
  const more = { asks: (_nth: number, price: AtomicAmount) => toAtomic(price + 1n) }

  it('is told to a site with a budget at once', async () => {
    const world = await makeWorld(more)
    await world.ledger.putBudget(SITE, budgetOf())
    expect(await endOf(world.inference, makeAsk())).toBe('quote_exceeded')
  })

  it('is shown to the person alone, for a site without one', async () => {
    const world = await makeWorld(more)
    const ended = endOf(world.inference, makeAsk())
    expect(await world.whenWaiting()).toBe('failed')
    expect(world.queue.current()?.failure).toBe('over-approved')
    world.closeWindow()
    expect(await ended).toBe('user_rejected')
  })
})

describe('a gateway that cannot be reached while the question is open', () => {
  it('is said in the window, which goes on when it can be reached again', async () => {
    let isDown = true
    const world = await makeWorld({
      fetch: (url) => (isDown && !url.endsWith('/quote') ? Promise.reject(new Error('no route')) : null),
    })
    const ended = endOf(world.inference, makeAsk())
    expect(await world.whenWaiting()).toBe('offline')
    isDown = false
    world.queue.recheck()
    await world.whenIn('ready')
    world.closeWindow()
    expect(await ended).toBe('user_rejected')
  })
})
