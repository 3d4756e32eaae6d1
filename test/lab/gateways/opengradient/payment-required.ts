import type { Address } from 'viem'
import { encodeOffer } from '../pay.ts'
import type { Deployment } from './deployments.ts'

/** The 402's `error` where nothing was paid. */
export const unpaid = 'Payment required'

export interface OfferInput {
  terms: Deployment
  /** The resource's full URL. */
  url: string
  error: string
  /** Null where the witness names no facilitator. */
  facilitatorAddress: Address | null
}

/** The value of PAYMENT-REQUIRED: one `upto` entry, and the offer to pay for the approval where there is one. */
export function paymentRequiredHeader({ terms, url, error, facilitatorAddress }: OfferInput): string {
  const offer = {
    resource: {
      url,
      description: url.endsWith('/chat/completions') ? 'Chat completion' : 'Completion',
      mimeType: 'application/json',
    },
    accepts: [
      {
        scheme: 'upto',
        network: terms.network,
        asset: terms.token,
        amount: terms.cap.toString(),
        payTo: terms.payTo,
        maxTimeoutSeconds: terms.maxTimeoutSeconds,
        extra: { ...terms.extra, ...(facilitatorAddress ? { facilitatorAddress } : {}) },
      },
    ],
    ...(terms.namesFacilitator ? { extensions: { erc20ApprovalGasSponsoring } } : {}),
  }
  return encodeOffer(offer, error)
}

const field = (pattern: string, description: string) => ({ type: 'string', pattern, description })

/** As @x402/extensions declares it. */
const erc20ApprovalGasSponsoring = {
  info: {
    description:
      'The facilitator broadcasts a pre-signed ERC-20 approve() transaction to grant Permit2 allowance.',
    version: '1',
  },
  schema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: {
      from: field('^0x[a-fA-F0-9]{40}$', 'The address of the sender (token owner).'),
      asset: field('^0x[a-fA-F0-9]{40}$', 'The address of the ERC-20 token contract.'),
      spender: field('^0x[a-fA-F0-9]{40}$', 'The address of the spender (Canonical Permit2).'),
      amount: field('^[0-9]+$', 'The amount approved (uint256). Always MaxUint256.'),
      signedTransaction: field(
        '^0x[a-fA-F0-9]+$',
        'The RLP-encoded signed EIP-1559 transaction as a hex string.',
      ),
      version: field('^[0-9]+(\\.[0-9]+)*$', 'Schema version identifier.'),
    },
    required: ['from', 'asset', 'spender', 'amount', 'signedTransaction', 'version'],
  },
}

/** What a browser that asks for a page gets instead of JSON. */
export function paywallHtml(terms: Deployment): string {
  return `<!doctype html><html><head><title>Payment Required</title></head><body><h1>Payment Required</h1><p>This resource takes up to ${terms.cap} atomic ${terms.extra.name} on ${terms.network}.</p></body></html>`
}
