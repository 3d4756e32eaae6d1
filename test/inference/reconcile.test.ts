import { describe, expect, it } from 'vitest'
import { ChatError } from '../../src/domain/errors.ts'
import type { Payment } from '../../src/domain/payment.ts'
import { createReconciler } from '../../src/inference/reconcile.ts'
import { closeLeftAnswers } from '../../src/inference/recover.ts'
import { grantUsdc, makeAttempt, makeLedger, makeReservation, NOON, usdc } from '../ledger/make-ledger.ts'

const OPEN = { kind: 'open', check: { atMs: NOON, finding: 'window-open', endpoints: 1 } } as const

async function makeWorld(count = 1) {
  const { ledger, clock } = await makeLedger()
  const { revision } = await grantUsdc(ledger, '0.5')
  for (let index = 0; index < count; index++) {
    const reservation = makeReservation({ amount: usdc('0.001'), grantRevision: revision })
    await ledger.reserve(reservation)
    await ledger.present(reservation.payment.id, makeAttempt(usdc('0.001')))
  }
  const log: string[] = []
  const deps = {
    ledger,
    clock: { nowMs: () => clock.nowMs(), monotonicMs: () => clock.nowMs(), sleep: async () => undefined },
    notice: () => undefined,
    keepAlive() {
      log.push('kept alive')
      return () => log.push('let go')
    },
    scheduleReconcile: async (atMs: number) => {
      log.push(`next in ${(atMs - clock.nowMs()) / 1000} s`)
    },
    chains: {
      ...unasked,
      checkPayment: async (_payment: Payment) => {
        log.push('looks')
        return { ...OPEN, check: { ...OPEN.check, atMs: clock.nowMs() } }
      },
    },
  }
  return { ledger, clock, log, deps }
}

const refuse = () => {
  throw new Error('not asked for here')
}
const unasked = {
  ...{ chainTime: refuse, solanaAnchor: refuse, permit2Allowance: refuse },
  ...{ balanceOf: refuse, prepareTransfer: refuse },
}

describe('a look at the chain', () => {
  it('sets the next one before it begins, and keeps the worker until it has set the right one', async () => {
    const { deps, log, clock } = await makeWorld()
    clock.advance(5_000)
    await createReconciler(deps, async () => undefined)()
    expect(log).toEqual(['kept alive', 'next in 60 s', 'looks', 'next in 2 s', 'let go'])
  })

  it('is set again where the ledger cannot be read', async () => {
    const { deps, log } = await makeWorld()
    const broken = createReconciler(deps, async () => {
      throw new ChatError('ledger-failed')
    })
    await expect(broken()).rejects.toThrow('ledger-failed')
    expect(log).toEqual(['kept alive', 'next in 60 s', 'let go'])
  })

  it('is one for all who ask while it goes on', async () => {
    const { deps, log, clock } = await makeWorld()
    clock.advance(5_000)
    const reconcile = createReconciler(deps, async () => undefined)
    await Promise.all([reconcile(), reconcile(), reconcile()])
    expect(log.filter((entry) => entry === 'looks')).toHaveLength(1)
    await reconcile()
    expect(log.filter((entry) => entry === 'kept alive')).toHaveLength(2)
  })

  it('is not set where nothing is live', async () => {
    const { deps, log } = await makeWorld(0)
    expect(await createReconciler(deps, async () => undefined)()).toBeNull()
    expect(log).toEqual(['kept alive', 'let go'])
  })
})

describe('a start after a crash', () => {
  it('closes every answer that was on its way, 80 of them too', async () => {
    const { ledger, deps } = await makeWorld(80)
    await closeLeftAnswers(deps, () => false)
    const { rows } = await ledger.history({}, { limit: 200 })
    expect(rows).toHaveLength(80)
    for (const { request } of rows)
      expect(request).toMatchObject({ answer: 'failed', error: 'paid_no_answer', money: 'live' })
  })

  it('leaves those alone that this worker has begun', async () => {
    const { ledger, deps } = await makeWorld(3)
    const ours = (await ledger.history({}, { limit: 3 })).rows[1]?.request
    await closeLeftAnswers(deps, (id) => id === ours?.id)
    const { rows } = await ledger.history({}, { limit: 3 })
    const open = rows.filter(({ request }) => request.answer !== 'failed')
    expect(open.map(({ request }) => request.id)).toEqual([ours?.id])
  })

  it('closes those whose payment has ended meanwhile, over more than one page', async () => {
    const { ledger, deps } = await makeWorld(60)
    for (const { id } of await ledger.unfinished())
      await ledger.settle(id, 'chain', { charged: usdc('0.001'), transaction: null })
    await closeLeftAnswers(deps, () => false)
    const { rows } = await ledger.history({}, { limit: 200 })
    expect(rows.filter(({ request }) => request.answer === 'failed')).toHaveLength(60)
  })
})
