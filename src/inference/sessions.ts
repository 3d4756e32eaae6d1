/** OpenGradient sessions: one `upto` payment that carries many requests. Their ids are bearer secrets and stay here. */
import { type AtomicAmount, formatAtomic, parseAtomic } from '../domain/amount.ts'
import { isPaymentNetwork, type PaymentNetwork } from '../domain/network.ts'
import type { Payment } from '../domain/payment.ts'
import type { Call } from './call.ts'
import type { Clock } from './clock.ts'
import type { SessionStore } from './session-store.ts'

/** A session is not used in the last seconds before its authorization's deadline. */
const MARGIN_MS = 30_000

export interface Session {
  readonly gatewayId: string
  /** Where it was opened: its id is shown to no other server. */
  readonly baseUrl: string
  readonly account: string
  readonly network: PaymentNetwork
  /** Bearer secret. */
  readonly sessionId: string
  readonly paymentId: string
  readonly cap: AtomicAmount
  readonly deadlineMs: number
}

export interface Sessions {
  find(call: Call, account: string | null): Promise<Session | null>
  open(call: Call, payment: Payment, sessionId: string): Promise<void>
  /** Forgets this session; one that was opened in its place stays. */
  drop(session: Session): Promise<void>
}

export function createSessions(store: SessionStore, clock: Clock): Sessions {
  const keyOf = (gatewayId: string, account: string) => `session ${gatewayId} ${account}`
  let writing: Promise<void> = Promise.resolve()
  /** One write after the other, so that a late `drop` never meets a new session between its look and its removal. */
  const inOrder = (write: () => Promise<void>) => {
    writing = writing.then(write, write)
    return writing
  }
  return {
    async find(call, account) {
      if (account === null || call.gateway.config.kind !== 'opengradient') return null
      const session = parseSession(await store.get(keyOf(call.gateway.config.id, account)))
      if (session?.baseUrl !== call.gateway.config.baseUrl) return null
      return clock.nowMs() < session.deadlineMs - MARGIN_MS ? session : null
    },
    open(call, payment, sessionId) {
      const deadline = Math.max(0, ...payment.attempts.map(({ validBefore }) => validBefore ?? 0))
      const { id, account, network, maximum } = payment
      const { id: gatewayId, baseUrl } = call.gateway.config
      const session = { gatewayId, baseUrl, account, network, sessionId }
      const stored = { ...session, paymentId: id, cap: formatAtomic(maximum), deadlineMs: deadline * 1000 }
      return inOrder(() => store.set(keyOf(gatewayId, account), stored))
    },
    drop({ gatewayId, account, sessionId }) {
      const key = keyOf(gatewayId, account)
      return inOrder(async () => {
        if (parseSession(await store.get(key))?.sessionId === sessionId) await store.remove(key)
      })
    },
  }
}

/** Null for anything that `open` did not write. */
function parseSession(value: unknown): Session | null {
  if (typeof value !== 'object' || value === null) return null
  const row = new Map<string, unknown>(Object.entries(value))
  const text = (name: keyof Session) => {
    const field = row.get(name)
    return typeof field === 'string' ? field : null
  }
  const [gatewayId, account, network] = [text('gatewayId'), text('account'), text('network')]
  const baseUrl = text('baseUrl')
  const [sessionId, paymentId, cap] = [text('sessionId'), text('paymentId'), text('cap')]
  const deadlineMs = row.get('deadlineMs')
  if (gatewayId === null || baseUrl === null || account === null) return null
  if (sessionId === null || paymentId === null || cap === null) return null
  if (!isPaymentNetwork(network) || typeof deadlineMs !== 'number') return null
  return { gatewayId, baseUrl, account, network, sessionId, paymentId, cap: parseAtomic(cap), deadlineMs }
}
