/** What a caller reads before anything is asked or paid. */
import { describe, expect, it } from 'vitest'
import { SITE } from '../ledger/make-ledger.ts'
import { budgetOf, endOf, makeAsk, makeWorld } from './consent-world.ts'

const body = (content: string, more: object = {}) => ({
  model: 'default',
  messages: [{ role: 'user', content }],
  stream: true,
  ...more,
})

describe('a body that the chosen gateway does not take', () => {
  it.each([
    ['no click and no budget', false, false, 'activation_required'],
    ['a click and no budget', true, false, 'invalid_request'],
    ['a budget', false, true, 'invalid_request'],
  ])('is told with %s', async (_name, clicked, hasBudget, type) => {
    const world = await makeWorld()
    if (hasBudget) await world.ledger.putBudget(SITE, budgetOf())
    const ask = makeAsk({ clicked, body: body('Hello', { max_tool_calls: 'x' }) })
    expect(await endOf(world.inference, ask)).toBe(type)
  })
})

describe('one key for two bodies', () => {
  it('is a conflict before anybody is asked, also where the first was released', async () => {
    const world = await makeWorld({ asks: (nth, price) => (nth < 3 ? price : null) })
    Object.assign(world.deps.wallet, { evmSigner: () => Promise.reject(new Error('not ready')) })
    const first = endOf(world.inference, makeAsk({ idempotencyKey: 'key', body: body('one') }))
    await world.say({ kind: 'once' })
    expect(await first).toBe('gateway_failed')
    const { rows } = await world.ledger.history({}, { limit: 10 })
    expect(rows.map(({ request }) => request.money)).toEqual(['released'])
    const second = makeAsk({ idempotencyKey: 'key', body: body('two') })
    expect(await endOf(world.inference, second)).toBe('idempotency_conflict')
    expect(world.queue.waiting()).toBe(0)
  })
})
