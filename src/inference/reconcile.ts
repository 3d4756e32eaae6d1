/** Looks unfinished payments up on their chains until proof says settled or released. */
import { isChatError } from '../domain/errors.ts'
import type { Payment } from '../domain/payment.ts'
import type { InferenceDeps } from './ports.ts'

/** When a payment is looked at after it was presented, ms; from then on every five minutes, after a day every hour. */
const EARLY_MS = [4_000, 10_000, 20_000, 40_000, 60_000, 120_000, 180_000, 240_000, 300_000]
const LATER_MS = 5 * 60_000
const DAY_MS = 24 * 3_600_000
const HOURLY_MS = 3_600_000
/** A confirmation after so long is told to the person. */
const LATE_MS = 60_000

/** The next look is set so far ahead before any payment is looked at: the worker may die in the middle of it. */
const GUARD_MS = 60_000

type ReconcileDeps = Pick<
  InferenceDeps,
  'ledger' | 'chains' | 'clock' | 'notice' | 'keepAlive' | 'scheduleReconcile'
>

/**
 * Looks at every payment that is due, one run at a time; `prepare` comes before each run. Resolves with the time of the
 * next look, unix ms; null when nothing is live. The next look is set whatever happens, a rejection included.
 */
export function createReconciler(
  deps: ReconcileDeps,
  prepare: () => Promise<void>,
): () => Promise<number | null> {
  let running: Promise<number | null> | undefined
  const run = async () => {
    const release = deps.keepAlive()
    let next: number | null = deps.clock.nowMs() + GUARD_MS
    try {
      await prepare()
      next = await reconcileOnce(deps)
      return next
    } finally {
      if (next !== null) await deps.scheduleReconcile(next)
      release()
    }
  }
  return () => {
    running ??= run().finally(() => {
      running = undefined
    })
    return running
  }
}

async function reconcileOnce(deps: ReconcileDeps): Promise<number | null> {
  const payments = (await deps.ledger.unfinished()).filter(({ state }) => state !== 'reserved')
  const isDue = (payment: Payment) => dueAt(payment, deps.clock.nowMs()) <= deps.clock.nowMs()
  if (payments.some(isDue)) await deps.scheduleReconcile(deps.clock.nowMs() + GUARD_MS)
  let next: number | null = null
  for (const payment of payments) {
    const dueMs = dueAt(payment, deps.clock.nowMs())
    const ended = dueMs <= deps.clock.nowMs() && (await look(deps, payment))
    if (ended) continue
    const due = Math.max(dueMs, deps.clock.nowMs() + 2_000)
    next = next === null ? due : Math.min(next, due)
  }
  return next
}

/** True when the chain has spoken. */
async function look(deps: ReconcileDeps, payment: Payment): Promise<boolean> {
  try {
    const finding = await deps.chains.checkPayment(payment)
    await deps.ledger.noteCheck(payment.id, finding.check)
    switch (finding.kind) {
      case 'settled':
        await deps.ledger.settle(payment.id, 'chain', {
          charged: finding.charged,
          transaction: finding.transaction,
        })
        if (payment.settledBy === null && ageOf(payment, deps.clock.nowMs()) > LATE_MS) {
          deps.notice({ kind: 'confirmed-late', paymentId: payment.id })
        }
        return true
      case 'released':
        await deps.ledger.release(payment.id)
        return true
      case 'open':
        return false
    }
  } catch (error) {
    const check = { atMs: deps.clock.nowMs(), finding: 'rpc-failed', endpoints: 0 } as const
    await deps.ledger.noteCheck(payment.id, check)
    deps.notice({ kind: 'failed', cause: isChatError(error) ? error.reason : 'rpc-failed' })
    return false
  }
}

function presentedAt(payment: Payment): number {
  return payment.attempts.at(-1)?.presentedAtMs ?? payment.reservedAtMs
}

function ageOf(payment: Payment, nowMs: number): number {
  return Math.max(0, nowMs - presentedAt(payment))
}

/** The next look after the last one, by the payment's age; a clock that was set back looks at once. */
function dueAt(payment: Payment, nowMs: number): number {
  const startMs = presentedAt(payment)
  const lastMs = payment.check?.atMs ?? 0
  if (lastMs > nowMs || startMs > nowMs) return nowMs
  const early = EARLY_MS.map((delay) => startMs + delay).find((atMs) => atMs > lastMs)
  if (early !== undefined) return early
  return lastMs + (nowMs - startMs > DAY_MS ? HOURLY_MS : LATER_MS)
}
