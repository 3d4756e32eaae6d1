import type { Hex } from 'viem'
import type { GatewayCounters } from '../../counters.ts'
import type { Deployment } from './deployments.ts'
import type { Session, SessionBook } from './session-book.ts'
import type { UptoFacilitator } from './upto-facilitator.ts'

/** How often the book is searched for sessions to settle. */
const SWEEP_MS = 100
/** How long a settlement that failed waits before the next try. */
const RETRY_MS = 2_000

export interface SettlerOptions {
  book: SessionBook
  facilitator: UptoFacilitator
  counters: GatewayCounters
  terms: () => Deployment
}

export interface Settler {
  /** Settles one session at once, whatever was drawn; resolves when its end is known. */
  settle(session: Session): Promise<void>
  /** Settles every open session that something was drawn from. */
  settleAll(): Promise<void>
  stop(): void
}

/**
 * Settles the true sum of each session on chain once it is idle, exhausted or near its deadline. A settlement that
 * fails is tried again until the deadline, and given up then.
 */
export function createSettler(options: SettlerOptions): Settler {
  const running = new Map<Session, Promise<void>>()
  const retryAtMs = new Map<Session, number>()

  function settle(session: Session): Promise<void> {
    const started = running.get(session)
    if (started) return started
    if (session.state.kind === 'ended') return Promise.resolve()
    session.state = { kind: 'settling' }
    const work = settleOnce(session, options)
      .catch((error: unknown) => {
        console.error(`lab: settlement of ${session.id}: ${firstLine(error)}`)
        const isLate = Date.now() / 1000 > session.deadline
        session.state = isLate ? { kind: 'ended', charged: 0n, transaction: null } : { kind: 'exhausted' }
        retryAtMs.set(session, Date.now() + RETRY_MS)
      })
      .finally(() => running.delete(session))
    running.set(session, work)
    return work
  }

  const timer = setInterval(() => {
    for (const session of options.book.due()) {
      if ((retryAtMs.get(session) ?? 0) <= Date.now()) void settle(session)
    }
  }, SWEEP_MS)
  timer.unref()

  return {
    settle,
    async settleAll() {
      const drawn = options.book.all().filter((session) => session.cost > 0n)
      await Promise.all(drawn.map(settle))
    },
    stop: () => clearInterval(timer),
  }
}

async function settleOnce(session: Session, options: SettlerOptions): Promise<void> {
  const charged = chargeOf(session)
  let transaction: Hex | null = null
  if (charged > 0n) {
    transaction = await options.facilitator.settle(session.payment, options.terms(), charged)
    options.counters.settled += 1
  }
  session.state = { kind: 'ended', charged, transaction }
}

function chargeOf(session: Session): bigint {
  switch (session.rule) {
    case 'true-sum':
      return session.cost
    case 'more': {
      const twice = session.cost * 2n
      return twice < session.cap ? twice : session.cap
    }
    case 'zero':
    case 'never':
      return 0n
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n', 1)[0] ?? text
}
