/** What a dead worker left behind: reserved payments never left and are released; open answers are over. */
import type { RequestRow } from '../domain/payment.ts'
import type { InferenceDeps } from './ports.ts'

/** Rows of the history looked at a time, for answers that nobody reads on. */
const PAGE = 50

/** Runs once at each start of the worker, before anything new is paid. */
export async function releaseUnsent(deps: RecoverDeps): Promise<void> {
  const unsent = (await deps.ledger.unfinished()).filter(({ state }) => state === 'reserved')
  for (const payment of unsent) {
    await deps.ledger.release(payment.id)
    for (const request of await deps.ledger.requestsOf(payment.id)) await close(deps, request)
  }
}

/**
 * Runs once at each start when there is time: no payment waits for it. `isOurs` tells this worker's own answers, which are
 * read on, from those of the one before.
 */
export async function closeLeftAnswers(
  deps: RecoverDeps,
  isOurs: (requestId: string) => boolean,
): Promise<void> {
  const left = (request: RequestRow) => !isOurs(request.id)
  for (const payment of await deps.ledger.unfinished())
    for (const request of (await deps.ledger.requestsOf(payment.id)).filter(left)) await close(deps, request)
  await closeNewest(deps, left)
}

type RecoverDeps = Pick<InferenceDeps, 'ledger' | 'clock'>

/** Answers whose payment ended while they came: page by page, until one has none that is open. */
async function closeNewest(deps: RecoverDeps, left: (request: RequestRow) => boolean): Promise<void> {
  let before: string | undefined
  for (;;) {
    const { rows, next } = await deps.ledger.history({}, { limit: PAGE, ...(before && { before }) })
    let closed = 0
    for (const { request } of rows) if (left(request) && (await close(deps, request))) closed += 1
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
