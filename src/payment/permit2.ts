import type { TypedDataDefinition } from 'viem'
import { ChatError } from '../domain/errors.ts'
import type { Offer } from './offer.ts'

/** Uniswap's Permit2, the same address on every chain. */
export const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'

/** What differs between the two deployments of OpenGradient's gateway. */
export interface Permit2Deployment {
  readonly spender: `0x${string}`
  readonly types: TypedDataDefinition['types']
  /** The witness as it is sent and signed: numbers as decimal strings. */
  witness(to: `0x${string}`, nowSeconds: number): Readonly<Record<string, string>>
}

/** The spender, types and witness of the deployment that an `upto` offer came from; throws ChatError 'offer-unsafe'. */
export function permit2Deployment(offer: Offer): Permit2Deployment {
  switch (offer.permit2) {
    case 'x402-upto':
      return x402Upto(offer.facilitator)
    case 'documented':
      return DOCUMENTED
    case null:
      throw new ChatError('offer-unsafe', { problem: 'order-disagrees', field: 'permit2' })
  }
}

/** The x402 upto proxy; the offer's facilitator is bound into the witness. Source: @x402/evm 2.27 (uptoPermit2WitnessTypes). */
function x402Upto(facilitator: string | null): Permit2Deployment {
  if (facilitator === null) {
    throw new ChatError('offer-unsafe', { problem: 'order-disagrees', field: 'facilitator' })
  }
  return {
    spender: '0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002',
    types: typesWith([
      { name: 'to', type: 'address' },
      { name: 'facilitator', type: 'address' },
      { name: 'validAfter', type: 'uint256' },
    ]),
    witness: (to) => ({ to, facilitator, validAfter: '0' }),
  }
}

/** The documented deployment on Base Sepolia: its own spender, an empty `extra`, a minute's allowance for clocks. Source: its code before 2026-04. */
const DOCUMENTED: Permit2Deployment = {
  spender: '0xBe08D629cc799E6C17200F454F68A61E017038C8',
  types: typesWith([
    { name: 'to', type: 'address' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'extra', type: 'bytes' },
  ]),
  witness: (to, nowSeconds) => ({ to, validAfter: (nowSeconds - 60).toString(), extra: '0x' }),
}

/** Source: Permit2's PermitHash with a witness type string. */
function typesWith(witness: readonly { name: string; type: string }[]): Permit2Deployment['types'] {
  return {
    PermitWitnessTransferFrom: [
      { name: 'permitted', type: 'TokenPermissions' },
      { name: 'spender', type: 'address' },
      { name: 'nonce', type: 'uint256' },
      { name: 'deadline', type: 'uint256' },
      { name: 'witness', type: 'Witness' },
    ],
    TokenPermissions: [
      { name: 'token', type: 'address' },
      { name: 'amount', type: 'uint256' },
    ],
    Witness: witness,
  }
}
