/** What every emulated seller does with a payment: ask for it, read it, verify it, settle it. */
import type { IncomingHttpHeaders } from 'node:http'
import type { x402Facilitator } from '@x402/core/facilitator'
import {
  decodePaymentSignatureHeader,
  encodePaymentRequiredHeader,
  encodePaymentResponseHeader,
} from '@x402/core/http'
import type {
  PaymentPayload,
  PaymentRequired,
  PaymentRequirements,
  ResourceInfo,
  SettleResponse,
} from '@x402/core/types'

/** What one request would be sold for. */
export interface Offer {
  resource: ResourceInfo
  accepts: PaymentRequirements[]
  extensions?: Record<string, unknown>
}

/** A payment as it came in one of the accepted headers. */
export type ReadPayment =
  | { kind: 'none' }
  | { kind: 'malformed'; reason: string }
  | { kind: 'payment'; payload: PaymentPayload }

/** A payment that was checked against the offer on the chain, and is not yet settled. */
export type CheckedPayment =
  | { kind: 'valid'; payload: PaymentPayload; requirements: PaymentRequirements; payer: string }
  | { kind: 'refused'; reason: string }

/** The value of PAYMENT-REQUIRED for an offer. */
export function encodeOffer(offer: Offer, error: string): string {
  const required: PaymentRequired = { x402Version: 2, error, ...offer }
  return encodePaymentRequiredHeader(required)
}

/** The value of PAYMENT-RESPONSE. */
export function encodeReceipt(settled: SettleResponse): string {
  return encodePaymentResponseHeader(settled)
}

/** Reads the first of the named headers that is present. Names are lower case. */
export function readPayment(
  headers: IncomingHttpHeaders,
  names: readonly string[] = ['payment-signature'],
): ReadPayment {
  const raw = names.map((name) => headers[name]).find((value) => value !== undefined)
  if (raw === undefined) return { kind: 'none' }
  try {
    const payload = decodePaymentSignatureHeader(String(raw))
    if (payload.x402Version !== 2) return { kind: 'malformed', reason: 'invalid_x402_version' }
    if (typeof payload.payload !== 'object' || typeof payload.accepted !== 'object') {
      return { kind: 'malformed', reason: 'invalid_payload' }
    }
    return { kind: 'payment', payload }
  } catch {
    return { kind: 'malformed', reason: 'invalid_payload' }
  }
}

/** The entry of the offer that the payer says it accepted: every field but unknown extras must be equal. */
export function matchRequirements(
  payload: PaymentPayload,
  accepts: readonly PaymentRequirements[],
): PaymentRequirements | null {
  const { accepted } = payload
  return (
    accepts.find(
      (offered) =>
        offered.scheme === accepted.scheme &&
        offered.network === accepted.network &&
        offered.asset === accepted.asset &&
        offered.amount === accepted.amount &&
        offered.payTo === accepted.payTo &&
        offered.maxTimeoutSeconds === accepted.maxTimeoutSeconds &&
        Object.entries(offered.extra).every(
          ([key, value]) => JSON.stringify(accepted.extra?.[key]) === JSON.stringify(value),
        ),
    ) ?? null
  )
}

/** Verifies against the offer with the facilitator: signature, window, balance and a simulation on the chain. */
export async function checkPayment(
  facilitator: x402Facilitator,
  payload: PaymentPayload,
  offer: Offer,
): Promise<CheckedPayment> {
  const requirements = matchRequirements(payload, offer.accepts)
  if (!requirements) return { kind: 'refused', reason: 'No matching payment requirements' }
  try {
    const verified = await facilitator.verify(payload, requirements)
    if (!verified.isValid) return { kind: 'refused', reason: verified.invalidReason ?? 'invalid_payload' }
    return { kind: 'valid', payload, requirements, payer: verified.payer ?? payerOf(payload) ?? '' }
  } catch (error) {
    return { kind: 'refused', reason: wordsOf(error) }
  }
}

/** Settles on the chain. A failure is a response with `success: false`, never a rejection. */
export async function settlePayment(
  facilitator: x402Facilitator,
  payload: PaymentPayload,
  requirements: PaymentRequirements,
): Promise<SettleResponse> {
  try {
    return await facilitator.settle(payload, requirements)
  } catch (error) {
    return { success: false, errorReason: wordsOf(error), transaction: '', network: requirements.network }
  }
}

/** Who pays, as far as the payload says it in the clear (EVM). */
export function payerOf(payload: PaymentPayload): string | null {
  const from = evmAuthorization(payload)?.from
  return typeof from === 'string' ? from : null
}

/** The payload's EIP-3009 or Permit2 nonce; null for other schemes. */
export function nonceOf(payload: PaymentPayload): string | null {
  const nonce = evmAuthorization(payload)?.nonce
  return typeof nonce === 'string' ? nonce : null
}

function evmAuthorization(payload: PaymentPayload): Record<string, unknown> | null {
  const found = payload.payload.authorization ?? payload.payload.permit2Authorization
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : null
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
