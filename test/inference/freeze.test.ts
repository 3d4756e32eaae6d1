/** A freeze ends at once what has not been paid, and leaves alone what may have been. */
import { describe, expect, it } from 'vitest'
import { freeze } from '../../src/background/freeze.ts'
import { SITE } from '../ledger/make-ledger.ts'
import { budgetOf, endOf, makeAsk, makeWorld, type World } from './consent-world.ts'

/** Something that a test waits for, and lets go on. */
function makeStop<T = void>() {
  let arrive = () => {}
  let go = (_value: T) => {}
  const reached = new Promise<void>((resolve) => {
    arrive = resolve
  })
  /** Fails as fetch does when the signal is aborted. */
  const pass = (signal?: AbortSignal | null) =>
    new Promise<T>((resolve, reject) => {
      go = resolve
      signal?.addEventListener('abort', () => reject(signal.reason))
      arrive()
    })
  return { reached, pass, go: (value: T) => go(value) }
}

const isPaid = ({ headers }: RequestInit) => JSON.stringify(headers).includes('payload')
const answer = () => new Response('data: [DONE]\n\n', { headers: { 'content-type': 'text/event-stream' } })
const freezeIn = ({ ledger, queue, inference }: World) => freeze({ ledger, approvals: queue, inference })
const moneyOf = async ({ ledger }: World) =>
  (await ledger.history({}, { limit: 10 })).rows.map(({ request }) => request.money)

describe('a freeze', () => {
  it.each([
    ['the price', '/quote'],
    ['the offer', '/v2'],
  ])('ends a request that waits for %s', async (_what, ending) => {
    const stop = makeStop<Response>()
    const world = await makeWorld({
      fetch: (url, { signal }) => (url.endsWith(ending) ? stop.pass(signal) : null),
    })
    await world.ledger.putBudget(SITE, budgetOf())
    const ended = endOf(world.inference, makeAsk())
    await stop.reached
    await freezeIn(world)
    expect(await ended).toBe('locked')
    expect(await moneyOf(world)).toEqual([])
  })

  it('keeps back what is being signed, and takes back the yes to it', async () => {
    const stop = makeStop()
    let paid = 0
    const world = await makeWorld({
      fetch: (_url, init) => {
        if (isPaid(init)) paid += 1
        return null
      },
    })
    const { signPayment } = world.deps.payments
    const slowly: typeof signPayment = async (...order) => {
      await stop.pass()
      return signPayment(...order)
    }
    Object.assign(world.deps.payments, { signPayment: slowly })
    const first = endOf(world.inference, makeAsk({ idempotencyKey: 'key' }))
    await world.say({ kind: 'once' })
    await stop.reached
    await freezeIn(world)
    stop.go()
    // A site without a budget does not learn what stands in the way.
    expect(await first).toBe('user_rejected')
    expect(await moneyOf(world)).toEqual(['released'])

    await world.ledger.setFrozen(false)
    const second = endOf(world.inference, makeAsk({ idempotencyKey: 'key' }))
    await world.say({ kind: 'reject' })
    expect(await second).toBe('user_rejected')
    expect(paid).toBe(0)
  })

  it('leaves alone what may have been paid: its answer is delivered', async () => {
    const stop = makeStop<Response>()
    const world = await makeWorld({ fetch: (_url, init) => (isPaid(init) ? stop.pass(init.signal) : null) })
    const ended = endOf(world.inference, makeAsk())
    await world.say({ kind: 'once' })
    await stop.reached
    await freezeIn(world)
    stop.go(answer())
    expect(await ended).toBe('answered')
    expect(await moneyOf(world)).toEqual(['live'])
  })
})
