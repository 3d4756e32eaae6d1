/** What is written before anything is signed: the payment that a decision allows, and the request that it is for. */
import type { AtomicAmount } from '../domain/amount.ts'
import type { Approval } from '../domain/approval.ts'
import { ChatError } from '../domain/errors.ts'
import type { Reservation, ReserveResult } from '../ledger/ledger.ts'
import type { Addresses } from '../wallet/wallet.ts'
import type { Call } from './call.ts'
import type { AllowanceState } from './means.ts'
import type { InferenceDeps } from './ports.ts'
import { accountOn, type Terms } from './terms.ts'

export type Reserved = Extract<ReserveResult, { kind: 'reserved' }>

/** The key is taken by a row of the ledger that this worker does not remember. */
export class KeyTaken extends Error {
  override readonly name = 'KeyTaken'
  constructor(readonly row: Extract<ReserveResult, { kind: 'exists' }>) {
    super('key taken')
  }
}

/** What a reservation needs to know besides the decision. */
export interface Allowed {
  readonly terms: Terms
  readonly addresses: Addresses
}

/** What was decided. `held`: what counts against the site's budget under `upto`. */
export interface Decided {
  readonly booking: 'budget' | 'outside'
  readonly grantRevision: number | null
  readonly approval: Approval | null
  readonly held: AtomicAmount
}

/** Draws id and nonce now; throws ChatError 'wallet-missing'. What it returns fits a decision into a reservation, and does nothing else. */
export function prepareReservation(
  deps: Pick<InferenceDeps, 'newId' | 'payments'>,
  call: Call,
  { terms, addresses }: Allowed,
): (decided: Decided) => Reservation {
  const { offer, quote } = terms
  const account = accountOn(addresses, offer.asset.network)
  if (account === null) throw new ChatError('wallet-missing')
  const { asset, scheme, payTo, amount } = offer
  const gatewayId = call.gateway.config.id
  const payment = {
    ...{
      id: deps.newId(),
      scheme,
      method: asset.method,
      account,
      network: asset.network,
      asset: asset.address,
    },
    ...{ currency: asset.currency, gatewayId, payTo, maximum: amount },
    nonce: deps.payments.newNonce(asset.method),
  }
  const request = {
    ...{ id: call.requestId, principal: call.principal, idempotencyKey: call.key, bodyHash: call.bodyHash },
    ...{ gatewayId, model: call.prepared.model, expected: quote.expected, max: quote.max },
    settlement: call.prepared.settlement ? { mode: call.prepared.settlement, reference: null } : null,
  }
  return ({ held, ...decided }) => ({
    payment,
    request: { ...request, held: scheme === 'exact' ? amount : held },
    ...decided,
  })
}

/** Throws KeyTaken, or ChatError with the ledger's reason. */
export function requireReserved(result: ReserveResult): Reserved {
  switch (result.kind) {
    case 'reserved':
      return result
    case 'exists':
      throw new KeyTaken(result)
    case 'refused':
      throw new ChatError(result.reason)
  }
}

/** Where nothing but the rules can stand in the way any more. A session's money is held when it is known who opens it. */
export function mayReserve(
  call: Call,
  { offer }: Terms,
  means: { readonly allowed: AllowanceState; readonly balance: AtomicAmount | null },
): boolean {
  if (offer.scheme !== 'exact' || call.gateway.config.kind === 'opengradient') return false
  return means.allowed !== 'missing' && (means.balance === null || means.balance >= offer.amount)
}
