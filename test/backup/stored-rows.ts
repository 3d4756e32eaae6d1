/** Rows as the ledger stores them after a paid answer, with fields as long as real ones. */

import type { LedgerPayment } from '../../src/ledger/rows/payment-row.ts'
import { toStoredPayment } from '../../src/ledger/rows/payment-row.ts'
import { toStoredRequest } from '../../src/ledger/rows/request-row.ts'
import { makeAttempt, makeReservation, NOON, PAYEE, usdc } from '../ledger/make-ledger.ts'
import { random } from '../wallet/fakes.ts'

const hex = (length: number) => `0x${Buffer.from(random(length)).toString('hex')}`

/** A payment that the chain confirmed. Its payload is random base64 as long as a signed one: it packs as badly. */
export function makeStoredPayment(overrides: Partial<LedgerPayment> = {}) {
  const { payment, request } = makeReservation()
  const row: LedgerPayment = {
    ...payment,
    id: crypto.randomUUID(),
    nonce: hex(32),
    state: 'settled',
    attempts: [
      makeAttempt(usdc('0.004474'), {
        signature: hex(65),
        payload: Buffer.from(random(900)).toString('base64'),
      }),
    ],
    reservedAtMs: NOON,
    hourStartMs: NOON,
    dayStartMs: NOON,
    endedAtMs: NOON + 2_000,
    charged: usdc('0.004474'),
    settledBy: 'chain',
    transaction: hex(32),
    check: { atMs: NOON, finding: 'used-transfer-found', endpoints: 2 },
    principal: request.principal,
    grantRevision: 1,
    openedBy: {
      requestId: request.id,
      principal: request.principal,
      grantRevision: 1,
      approval: {
        payTo: PAYEE,
        network: payment.network,
        asset: payment.asset,
        max: payment.maximum,
        allowance: null,
        untilMs: NOON,
      },
    },
    ...overrides,
  }
  return toStoredPayment(row)
}

/** So many settled payments, each with its request: one row of each kind with other ids, hashes and signatures. */
export function makeStoredRows(count: number) {
  const payment = makeStoredPayment()
  const attempt = payment.attempts[0]
  const request = makeStoredRequest()
  // Far apart in a text that does not repeat, so that a row packs no better for the one before it.
  const pool = Array.from({ length: 16 }, () => Buffer.from(random(65_536)).toString('hex')).join('')
  const piece = (index: number, length: number) => {
    const start = (index * 4099) % (pool.length - length)
    return pool.slice(start, start + length)
  }
  const payments = Array.from({ length: count }, (_, index) => ({
    ...payment,
    id: `payment-${index}-${piece(index, 24)}`,
    nonce: `0x${piece(index, 64)}`,
    transaction: `0x${piece(index + 1, 64)}`,
    attempts: [{ ...attempt, signature: `0x${piece(index + 2, 130)}`, payload: piece(index + 3, 1_200) }],
  }))
  const requests = payments.map(({ id }, index) => ({
    ...request,
    id: `request-${index}-${piece(index + 4, 24)}`,
    idempotencyKey: piece(index + 5, 36),
    bodyHash: piece(index + 6, 64),
    paymentId: id,
  }))
  return { payments, requests }
}

function makeStoredRequest() {
  const { expected, max, held, settlement, principal, gatewayId, model } = makeReservation().request
  return toStoredRequest({
    ...{ expected, max, held, settlement, principal, gatewayId, model },
    id: crypto.randomUUID(),
    idempotencyKey: crypto.randomUUID(),
    bodyHash: 'aa'.repeat(32),
    paymentId: '',
    currency: 'USDC',
    network: 'eip155:8453',
    cost: usdc('0.004474'),
    reported: null,
    money: 'settled',
    settledBy: 'chain',
    budgetId: crypto.randomUUID(),
    answer: 'answered',
    error: null,
    createdAtMs: NOON,
    hourStartMs: NOON,
    dayStartMs: NOON,
    finishedAtMs: NOON + 2_000,
    usage: { promptTokens: 900, completionTokens: 400, totalTokens: 1300 },
    proof: { kind: 'ambient', verdict: 'reported', merkleRoot: hex(32) },
  })
}
