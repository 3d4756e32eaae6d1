/** From a reserved payment to a sent request: the signature, the headers, and the session that comes back. */
import { SOLANA } from '../domain/network.ts'
import type { Payment, SignedAttempt } from '../domain/payment.ts'
import type { Call } from './call.ts'
import type { Consent, ConsentDeps } from './consent.ts'
import { signAllowance } from './sponsored-allowance.ts'
import type { Terms } from './terms.ts'
import { ANSWER_MS, send } from './wire.ts'

/** A signature for a payment that was reserved; throws ChatError where it is not what was ordered. */
export async function sign(
  deps: ConsentDeps,
  consent: Consent,
  facts: { readonly payment: Payment; readonly terms: Terms },
): Promise<Omit<SignedAttempt, 'presentedAtMs'>> {
  const { payment, terms } = facts
  const onSolana = payment.network === SOLANA
  const [evm, solana, anchor, rpcUrl] = await Promise.all([
    onSolana ? null : deps.wallet.evmSigner(),
    onSolana ? deps.wallet.solanaSigner() : null,
    onSolana ? deps.chains.solanaAnchor() : null,
    onSolana ? deps.solanaRpcUrl() : '',
  ])
  const nowMs = deps.clock.nowMs()
  return deps.payments.signPayment(
    {
      offer: terms.offer,
      resource: terms.resource,
      extensions: terms.extensions,
      nonce: payment.nonce,
      account: payment.account,
      nowMs,
      solana: anchor && {
        blockhash: anchor.blockhash,
        lastValidBlockHeight: anchor.lastValidBlockHeight,
        rpcUrl,
      },
      approveTransaction:
        consent.allowance !== null && evm
          ? await signAllowance(deps, { asset: terms.offer.asset, amount: consent.allowance }, evm)
          : null,
    },
    { evm, solana },
  )
}

/** Sends the request with its payment. */
export function sendPaid(
  deps: ConsentDeps,
  call: Call,
  facts: { readonly terms: Terms; readonly payload: string; readonly signal: AbortSignal },
): Promise<Response> {
  const names = call.gateway.paymentHeaderNames(facts.terms.offer)
  const headers = Object.fromEntries(names.map((name) => [name, facts.payload]))
  const request = call.gateway.paidRequest(call.prepared, facts.terms.wire)
  return send(deps, request, { signal: facts.signal, withinMs: ANSWER_MS, headers })
}

/** Whatever was answered: a session that the payment opened takes the next request, which need not sign another cap. */
export async function keepSession(
  deps: ConsentDeps,
  call: Call,
  ...[payment, response]: [Payment, Response]
): Promise<void> {
  const { sessionId } = call.gateway.readHeaders(response.headers)
  if (sessionId !== null && payment.scheme === 'upto') await deps.sessions.open(call, payment, sessionId)
}
