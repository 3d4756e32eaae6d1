import { randomBytes } from 'node:crypto'
import { type Address, bytesToBigInt, type Hex, type PrivateKeyAccount } from 'viem'

/** An x402 client of the two deployments in as few lines as it takes; it shares no code with the extension. */

const permit2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'

const witnessFields = {
  newer: [
    { name: 'to', type: 'address' },
    { name: 'facilitator', type: 'address' },
    { name: 'validAfter', type: 'uint256' },
  ],
  documented: [
    { name: 'to', type: 'address' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'extra', type: 'bytes' },
  ],
}

/** One entry of a 402's `accepts`. */
export interface UptoOffer {
  scheme: string
  network: string
  asset: Address
  amount: string
  payTo: Address
  maxTimeoutSeconds: number
  extra: { facilitatorAddress?: Address; [key: string]: unknown }
}

/** A decoded PAYMENT-REQUIRED. */
export interface Required {
  x402Version: number
  error: string
  resource: { url: string }
  accepts: [UptoOffer]
  extensions?: Record<string, unknown>
}

/** What a test may change in an authorization before it is signed. */
export interface Overrides {
  permitted?: { token?: Address; amount?: string }
  spender?: Address
  nonce?: string
  deadline?: string
  witness?: { to?: Address; facilitator?: Address; validAfter?: string }
  /** The chain id of the signed domain. */
  chainId?: number
}

/** Reads the PAYMENT-REQUIRED of an answer; throws where there is none. */
export function readRequired(response: Response): Required {
  const header = response.headers.get('payment-required')
  if (!header) throw new Error(`no PAYMENT-REQUIRED in a ${response.status}`)
  return JSON.parse(Buffer.from(header, 'base64').toString('utf8'))
}

/** Signs a 402's offer and returns the payload that the payment header carries. */
export async function signOffer(account: PrivateKeyAccount, required: Required, overrides: Overrides = {}) {
  const [offer] = required.accepts
  const isNewer = offer.extra.facilitatorAddress !== undefined
  const { permitted, witness, chainId, ...plain } = overrides
  const now = Math.floor(Date.now() / 1000)
  const authorization = {
    from: account.address,
    permitted: { token: offer.asset, amount: offer.amount, ...permitted },
    spender: isNewer
      ? '0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002'
      : '0xBe08D629cc799E6C17200F454F68A61E017038C8',
    nonce: bytesToBigInt(randomBytes(32)).toString(),
    deadline: String(now + offer.maxTimeoutSeconds),
    witness: {
      to: offer.payTo,
      ...(isNewer ? { facilitator: offer.extra.facilitatorAddress } : {}),
      validAfter: String(isNewer ? 0 : now - 60),
      ...(isNewer ? {} : { extra: '0x' }),
      ...witness,
    },
    ...plain,
  }
  // Loosely typed on purpose: the witness differs between the two.
  const signature: Hex = await account.signTypedData<Record<string, unknown>, string>({
    domain: {
      name: 'Permit2',
      chainId: chainId ?? Number(offer.network.split(':')[1]),
      verifyingContract: permit2,
    },
    types: {
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
      Witness: isNewer ? witnessFields.newer : witnessFields.documented,
    },
    primaryType: 'PermitWitnessTransferFrom',
    message: authorization,
  })
  return {
    x402Version: 2,
    payload: { signature, permit2Authorization: authorization },
    resource: required.resource,
    accepted: offer,
  }
}

export const encode = (payload: unknown) => Buffer.from(JSON.stringify(payload)).toString('base64')
