import 'fake-indexeddb/auto'
import { type AtomicAmount, parseDecimal, ZERO } from '../../src/domain/amount.ts'
import type { Approval } from '../../src/domain/approval.ts'
import type { Limits } from '../../src/domain/budget.ts'
import { DEFAULT_LIMITS } from '../../src/domain/default-limits.ts'
import { BASE } from '../../src/domain/network.ts'
import type { SignedAttempt } from '../../src/domain/payment.ts'
import { type Principal, parseOrigin } from '../../src/domain/principal.ts'
import { createLedger } from '../../src/ledger/create-ledger.ts'
import type { Ledger, Reservation } from '../../src/ledger/ledger.ts'
import { deleteLedgerDatabase, openLedgerDatabase } from '../../src/ledger/open-database.ts'

/** A clock that stands where it is put. */
export class TestClock {
  constructor(private atMs: number) {}
  nowMs(): number {
    return this.atMs
  }
  set(atMs: number): void {
    this.atMs = atMs
  }
  advance(ms: number): void {
    this.atMs += ms
  }
}

let names = 0

export interface TestLedger {
  readonly ledger: Ledger
  readonly clock: TestClock
  readonly name: string
  /** Another instance over the same database, as after the worker died. */
  reopen(): Ledger
}

export const NOON = Date.UTC(2026, 4, 13, 12, 0, 0)
export const FAR = NOON + 10 * 365 * 86_400_000

/** A fresh, unlocked ledger with wide limits in every currency. */
export async function makeLedger(options: { atMs?: number; limits?: Limits } = {}): Promise<TestLedger> {
  names += 1
  const name = `test-${names}`
  const clock = new TestClock(options.atMs ?? NOON)
  let ids = 0
  const reopen = () =>
    createLedger({
      openDatabase: (onClosed) => openLedgerDatabase(onClosed, name),
      deleteDatabase: () => deleteLedgerDatabase(name),
      clock,
      newId: () => {
        ids += 1
        return `${name}-id-${ids}`
      },
    })
  const ledger = reopen()
  await ledger.setUnlockedUntil(FAR)
  await ledger.setLimits(options.limits ?? WIDE_LIMITS)
  return { ledger, clock, name, reopen }
}

export const WIDE_LIMITS: Limits = {
  USDC: { enabled: true, maxPerRequest: usdc('1'), perDay: usdc('100') },
  OPG: { enabled: true, maxPerRequest: opg('5'), perDay: opg('100') },
  tUSDC: DEFAULT_LIMITS.tUSDC,
  tOPG: DEFAULT_LIMITS.tOPG,
}

export function usdc(text: string): AtomicAmount {
  return parseDecimal(text, 6)
}

export function opg(text: string): AtomicAmount {
  return parseDecimal(text, 18)
}

export const SITE: Principal = origin('https://example.com')
export const OTHER: Principal = origin('https://other.example')

export function origin(text: string): Principal {
  const parsed = parseOrigin(text)
  if (parsed === undefined) throw new Error(`Not an origin: ${text}`)
  return parsed
}

export const PAYEE = '0x6992c688c56BE442EfE1E1cE7D5c95212ED7d59B'
export const USDC_BASE = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
export const OPG_BASE = '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB'

let serial = 0

interface ReservationOverrides {
  readonly id?: string
  readonly principal?: Principal
  readonly amount?: AtomicAmount
  readonly max?: AtomicAmount
  readonly model?: string
  readonly gatewayId?: string
  readonly key?: string
  readonly bodyHash?: string
  readonly booking?: 'budget' | 'outside'
  readonly grantRevision?: number | null
  readonly approval?: Approval | null
}

/** The revision of the first grant in a fresh test ledger: the guards were written twice before. */
export const FIRST_GRANT = 3

/** An `exact` payment of 4,474 µUSDC on Base, booked in the budget of the first grant. */
export function makeReservation(overrides: ReservationOverrides = {}): Reservation {
  serial += 1
  const id = overrides.id ?? `r${serial}`
  const amount = overrides.amount ?? usdc('0.004474')
  const gatewayId = overrides.gatewayId ?? 'jumpgate'
  return {
    payment: {
      id: `p-${id}-${serial}`,
      scheme: 'exact',
      method: 'eip3009',
      account: '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A',
      network: BASE,
      asset: USDC_BASE,
      currency: 'USDC',
      gatewayId,
      payTo: PAYEE,
      maximum: amount,
      nonce: `0x${serial.toString(16).padStart(64, '0')}`,
    },
    request: {
      id,
      principal: overrides.principal ?? SITE,
      idempotencyKey: overrides.key ?? `key-${id}`,
      bodyHash: overrides.bodyHash ?? 'aa'.repeat(32),
      gatewayId,
      model: overrides.model ?? 'ambient/large',
      expected: amount,
      max: overrides.max ?? amount,
      held: amount,
      settlement: null,
    },
    booking: overrides.booking ?? 'budget',
    grantRevision: overrides.grantRevision === undefined ? FIRST_GRANT : overrides.grantRevision,
    approval: overrides.approval ?? null,
  }
}

interface SessionOverrides extends ReservationOverrides {
  /** What is signed: the session's cap. */
  readonly cap?: AtomicAmount
}

/** The first request of an `upto` session on Base: a cap of 1 OPG signed, `amount` (0.1 OPG) held by the request. */
export function makeSession(overrides: SessionOverrides = {}): Reservation {
  const held = overrides.amount ?? opg('0.1')
  const base = makeReservation({ gatewayId: 'opengradient', model: 'gpt-5-mini', ...overrides, amount: held })
  return {
    ...base,
    payment: {
      ...base.payment,
      scheme: 'upto',
      method: 'permit2',
      asset: OPG_BASE,
      currency: 'OPG',
      maximum: overrides.cap ?? opg('1'),
      nonce: String(serial),
    },
  }
}

/** A further request on a session. */
export function makeSessionRequest(paymentId: string, overrides: ReservationOverrides = {}) {
  const { payment: _payment, ...rest } = makeSession(overrides)
  return { ...rest, paymentId }
}

/** A signature of that amount for the usual payee. */
export function makeAttempt(amount: AtomicAmount, overrides: Partial<SignedAttempt> = {}): SignedAttempt {
  return {
    amount,
    payTo: PAYEE,
    validBefore: Math.floor(NOON / 1000) + 300,
    lastValidBlockHeight: null,
    signature: `0x${'11'.repeat(65)}`,
    payload: 'e30=',
    presentedAtMs: NOON,
    ...overrides,
  }
}

/** A yes for the usual payee and asset. */
export function makeApproval(max: AtomicAmount, overrides: Partial<Approval> = {}): Approval {
  return {
    payTo: PAYEE,
    network: BASE,
    asset: USDC_BASE,
    max,
    allowance: null,
    untilMs: NOON + 120_000,
    ...overrides,
  }
}

/** Grants a budget of `cap` USDC a day with 0.05 per request, and returns the grant's revision and budget. */
export async function grantUsdc(
  ledger: Ledger,
  cap: string,
  overrides: Partial<Parameters<Ledger['putBudget']>[1]> = {},
  principal: Principal = SITE,
) {
  const grant = await ledger.putBudget(principal, {
    currency: 'USDC',
    cap: usdc(cap),
    period: 'day',
    maxPerRequest: usdc('0.05'),
    models: 'all',
    expiresAtMs: null,
    ...overrides,
  })
  const budget = grant.budgets.USDC
  if (budget === undefined) throw new Error('No budget')
  return { revision: grant.revision, budget }
}

export { ZERO }
