import type { Address, Hex } from 'viem'
import type { UptoPayment } from './upto-payment.ts'

/** What the settlement of a session takes; all but `true-sum` are faults. */
export type SettlementRule = 'true-sum' | 'more' | 'zero' | 'never'

/** One verified payment and what was drawn from it. Amounts are atomic OPG. */
export interface Session {
  readonly id: string
  readonly payer: Address
  readonly method: string
  readonly path: string
  readonly payment: UptoPayment
  readonly cap: bigint
  /** The signed deadline, unix seconds. */
  readonly deadline: number
  cost: bigint
  /** Requests that are being answered right now. */
  running: number
  lastUsedAtMs: number
  rule: SettlementRule
  state: SessionState
}

export type SessionState =
  | { kind: 'open' }
  | { kind: 'exhausted' }
  | { kind: 'settling' }
  | { kind: 'ended'; charged: bigint; transaction: Hex | null }

export interface SessionBookOptions {
  nowMs: () => number
  newId: () => string
  idleMs: () => number
  /** How long before the signed deadline a session is settled, and a payment no longer opens one. */
  marginSeconds: number
}

export interface SessionBook {
  /** Whether the deadline leaves enough time to settle. */
  isAdmissible(payment: UptoPayment): boolean
  open(payment: UptoPayment, route: { method: string; path: string }): Session
  /** The session that this very payment opened, usable or not. */
  ofPayment(payment: UptoPayment): Session | null
  /** The session of that id where it may pay for this route, else null. */
  resume(id: string, route: { method: string; path: string }): Session | null
  isUsable(session: Session): boolean
  /** Adds the cost of an answer; at the cap the session is exhausted, and what is beyond is not charged. */
  charge(session: Session, cost: bigint): void
  /** Sessions to settle now: idle, exhausted, or near their deadline. */
  due(): Session[]
  all(): Session[]
}

/** Sessions in memory. A payment is known by its signature, a session by its id alone: both are bearer secrets. */
export function createSessionBook(options: SessionBookOptions): SessionBook {
  const sessions = new Map<string, Session>()
  const byPayment = new Map<Hex, Session>()
  const hasTime = (deadline: number) => options.nowMs() / 1000 < deadline - options.marginSeconds
  const isUsable = (session: Session) => session.state.kind === 'open' && hasTime(session.deadline)

  return {
    isUsable,
    isAdmissible: (payment) => hasTime(Number(payment.authorization.deadline)),
    open(payment, { method, path }) {
      const { from, deadline, permitted } = payment.authorization
      const session: Session = {
        id: options.newId(),
        payer: from,
        method,
        path,
        payment,
        cap: permitted.amount,
        deadline: Number(deadline),
        cost: 0n,
        running: 0,
        lastUsedAtMs: options.nowMs(),
        rule: 'true-sum',
        state: { kind: 'open' },
      }
      sessions.set(session.id, session)
      byPayment.set(payment.signature, session)
      return session
    },
    ofPayment: (payment) => byPayment.get(payment.signature) ?? null,
    resume(id, { method, path }) {
      const session = sessions.get(id)
      if (!session || !isUsable(session)) return null
      return session.method === method && session.path === path ? session : null
    },
    charge(session, cost) {
      session.lastUsedAtMs = options.nowMs()
      if (session.state.kind !== 'open') return
      const total = session.cost + cost
      session.cost = total < session.cap ? total : session.cap
      if (session.cost === session.cap) session.state = { kind: 'exhausted' }
    },
    due: () => [...sessions.values()].filter((session) => isDue(session, options, hasTime)),
    all: () => [...sessions.values()],
  }
}

function isDue(
  session: Session,
  options: SessionBookOptions,
  hasTime: (deadline: number) => boolean,
): boolean {
  switch (session.state.kind) {
    case 'settling':
    case 'ended':
      return false
    case 'exhausted':
      return session.running === 0
    case 'open': {
      if (session.cost === 0n) return false
      const isIdle = session.running === 0 && options.nowMs() - session.lastUsedAtMs >= options.idleMs()
      return isIdle || !hasTime(session.deadline)
    }
  }
}
