import { z } from 'zod'
import type { Approval } from '../../domain/approval.ts'
import type { ChainCheck, Payment, SignedAttempt } from '../../domain/payment.ts'
import type { Principal } from '../../domain/principal.ts'
import {
  atomic,
  currency,
  network,
  parseRow,
  principal,
  type Stored,
  settledBy,
  timeMs,
  toStored,
} from './stored.ts'

/** A payment, and who it was reserved for; a session's payment belongs to no principal, but somebody opened it. */
export interface LedgerPayment extends Payment {
  readonly openedBy: {
    readonly requestId: string
    readonly principal: Principal
    /** The grant's revision that was last decided upon. */
    readonly grantRevision: number | null
    /** The yes that it rests on; null where the budget covered it. */
    readonly approval: Approval | null
  }
}

/** `openSinceMs` is there only while the end is not proven, so that the index `open` holds just these. */
export type StoredPayment = Stored<LedgerPayment> & { readonly openSinceMs?: number }

export function toStoredPayment(payment: LedgerPayment): StoredPayment {
  const stored = toStored(payment)
  return isUnfinished(payment) ? { ...stored, openSinceMs: payment.reservedAtMs } : stored
}

/** Reads a stored payment; throws ChatError 'ledger-failed'. */
export function parsePayment(value: unknown): LedgerPayment {
  return parseRow(paymentSchema, value, 'payments')
}

/** Whether the reconciler still has to look at it: live, or settled by the gateway's word only. */
export function isUnfinished(payment: Payment): boolean {
  switch (payment.state) {
    case 'reserved':
    case 'presented':
      return true
    case 'settled':
      return payment.settledBy === 'gateway'
    case 'released':
      return false
  }
}

const attemptSchema: z.ZodType<SignedAttempt, z.ZodTypeDef, unknown> = z.object({
  amount: atomic,
  payTo: z.string(),
  validBefore: z.number().int().nullable(),
  lastValidBlockHeight: z.number().int().nullable(),
  signature: z.string(),
  payload: z.string(),
  presentedAtMs: timeMs,
})

const checkSchema: z.ZodType<ChainCheck, z.ZodTypeDef, unknown> = z.object({
  atMs: timeMs,
  finding: z.enum([
    'not-used-yet',
    'window-open',
    'used-transfer-found',
    'used-cancelled',
    'used-transfer-missing',
    'expired-unused',
    'rpc-disagree',
    'rpc-failed',
  ]),
  endpoints: z.number().int(),
})

const approvalSchema: z.ZodType<Approval, z.ZodTypeDef, unknown> = z.object({
  payTo: z.string().nullable(),
  network: z.string(),
  asset: z.string(),
  max: atomic,
  // Rows of before it was kept have none.
  allowance: atomic.nullable().default(null),
  untilMs: timeMs,
})

const paymentSchema: z.ZodType<LedgerPayment, z.ZodTypeDef, unknown> = z.object({
  id: z.string(),
  scheme: z.enum(['exact', 'upto']),
  method: z.enum(['eip3009', 'permit2', 'solana']),
  account: z.string(),
  network,
  asset: z.string(),
  currency,
  gatewayId: z.string(),
  payTo: z.string(),
  maximum: atomic,
  nonce: z.string().nullable(),
  state: z.enum(['reserved', 'presented', 'settled', 'released']),
  attempts: z.array(attemptSchema),
  reservedAtMs: timeMs,
  hourStartMs: timeMs,
  dayStartMs: timeMs,
  endedAtMs: timeMs.nullable(),
  charged: atomic.nullable(),
  settledBy,
  transaction: z.string().nullable(),
  check: checkSchema.nullable(),
  principal: principal.nullable(),
  grantRevision: z.number().int().nullable(),
  openedBy: z.object({
    requestId: z.string(),
    principal,
    grantRevision: z.number().int().nullable(),
    approval: approvalSchema.nullable(),
  }),
})
