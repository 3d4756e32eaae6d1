import type { Principal } from '../../../src/domain/principal.ts'
import type { Ledger } from '../../../src/ledger/ledger.ts'
import { makeApproval, makeAttempt, makeReservation, usdc } from '../../ledger/make-ledger.ts'

const AMOUNT = usdc('0.004474')

/** Books a request of an origin, approved once. */
export async function reserveFor(ledger: Ledger, principal: Principal, id: string): Promise<void> {
  const grant = await ledger.getGrant(principal)
  const reserved = await ledger.reserve(
    makeReservation({
      ...{ id, principal, booking: 'outside', approval: makeApproval(AMOUNT) },
      grantRevision: grant?.revision ?? null,
    }),
  )
  if (reserved.kind !== 'reserved') throw new Error(JSON.stringify(reserved))
}

/** Signs for a booked request, and has the gateway say that it was paid. */
export async function settleFor(ledger: Ledger, id: string): Promise<void> {
  const row = await ledger.getRequest(id)
  if (!row) throw new Error('no such request')
  const presented = await ledger.present(row.payment.id, makeAttempt(AMOUNT))
  if (presented.kind !== 'presented') throw new Error(JSON.stringify(presented))
  await ledger.settle(row.payment.id, 'gateway', { charged: AMOUNT, transaction: '0xabc' })
}
