/** What a dead worker left behind: reserved payments never left and are released; open answers are over. */
import type { RequestRow } from '../domain/payment.ts'
import type { InferenceDeps } from './ports.ts'

/** Rows of the history looked at a time, for answers that nobody reads on. */
const PAGE = 50

/** Runs once at each start of the worker, before anything new is paid. */
export async function recoverAfterStart(deps: RecoverDeps): Promise<void> {
  for (const payment of await deps.ledger.unfinished()) {
    if (payment.state === 'reserved') await deps.ledger.release(payment.id)
    for (const request of await deps.ledger.requestsOf(payment.id)) await close(deps, request)
  }
  await closeNewest(deps)
}

type RecoverDeps = Pick<InferenceDeps, 'ledger' | 'clock'>

/** Answers whose payment ended while they came: page by page, until one has none that is open. */
async function closeNewest(deps: RecoverDeps): Promise<void> {
  let before: string | undefined
  for (;;) {
    const { rows, next } = await deps.ledger.history({}, { limit: PAGE, ...(before && { before }) })
    let closed = 0
    for (const { request } of rows) if (await close(deps, request)) closed += 1
    if (closed === 0 || next === null) return
    before = next
  }
}

/** True where the answer was open. */
async function close(deps: RecoverDeps, { id, answer, money }: RequestRow): Promise<boolean> {
  if (answer !== 'paying' && answer !== 'streaming') return false
  await deps.ledger.patchRequest(id, {
    answer: 'failed',
    error: money === 'released' ? 'disconnected' : 'paid_no_answer',
    finishedAtMs: deps.clock.nowMs(),
  })
  return true
}
