import type { FacilitatorEvmSigner } from '@x402/evm'
import { getAddress, type Hex, parseAbi, recoverTypedDataAddress } from 'viem'
import { addresses } from '../../chains/addresses.ts'
import type { EvmChain } from '../../chains/evm-chain.ts'
import { createSettlementSigner } from '../../settlement-signer.ts'
import type { Deployment } from './deployments.ts'
import { isNonceUsed, readHoldings } from './permit2-state.ts'
import type { UptoFacilitator, Verdict } from './upto-facilitator.ts'
import type { UptoPayment } from './upto-payment.ts'

const spenderAbi = parseAbi([
  'struct TokenPermissions { address token; uint256 amount; }',
  'struct PermitTransferFrom { TokenPermissions permitted; uint256 nonce; uint256 deadline; }',
  'struct Witness { address to; uint256 validAfter; bytes extra; }',
  'error AmountExceedsPermitted()',
  'error InvalidAmount()',
  'error InvalidDestination()',
  'error InvalidNonce()',
  'error InvalidOwner()',
  'error InvalidSigner()',
  'error PaymentTooEarly()',
  'error SignatureExpired(uint256 deadline)',
  'function settle(PermitTransferFrom permit, uint256 amount, address owner, Witness witness, bytes signature)',
])

const permit2Types = {
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
  Witness: [
    { name: 'to', type: 'address' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'extra', type: 'bytes' },
  ],
} as const

/** Seconds that a signed window must still be open for, as in the stock scheme. */
const LEEWAY = 6

/** Checks and settles the witness of the documented deployment, which the stock scheme does not know. */
export async function createDocumentedFacilitator(chain: EvmChain): Promise<UptoFacilitator> {
  const signer = await createSettlementSigner(chain, { count: 1, name: 'opengradient documented' })
  return {
    nextAddress: () => null,
    async verify(payment, terms) {
      const reason =
        mismatch(payment, terms) ?? (await badSignature(payment, terms)) ?? (await unpayable(signer, payment))
      const verdict: Verdict = reason ? { kind: 'invalid', reason } : { kind: 'valid' }
      return verdict
    },
    settle: (payment, terms, amount) => settle(signer, payment, { terms, amount }),
  }
}

function mismatch(payment: UptoPayment, terms: Deployment): string | null {
  const { accepted, authorization } = payment
  const { permitted, spender, deadline, witness } = authorization
  const now = BigInt(Math.floor(Date.now() / 1000))
  if (witness.extra === undefined) return 'unsupported_payload_type'
  if (accepted.scheme !== 'upto') return 'invalid_upto_evm_scheme'
  if (accepted.network !== terms.network) return 'invalid_upto_evm_network_mismatch'
  if (getAddress(spender) !== terms.spender) return 'invalid_permit2_spender'
  if (getAddress(witness.to) !== terms.payTo) return 'invalid_permit2_recipient_mismatch'
  if (deadline < now + BigInt(LEEWAY)) return 'permit2_deadline_expired'
  if (witness.validAfter > now) return 'permit2_not_yet_valid'
  if (permitted.amount !== terms.cap) return 'permit2_amount_mismatch'
  if (getAddress(permitted.token) !== terms.token) return 'permit2_token_mismatch'
  return null
}

async function badSignature(
  { authorization, signature }: UptoPayment,
  terms: Deployment,
): Promise<string | null> {
  const { from, permitted, spender, nonce, deadline, witness } = authorization
  const signer = await recoverTypedDataAddress({
    domain: { name: 'Permit2', chainId: terms.chainId, verifyingContract: addresses.permit2 },
    types: permit2Types,
    primaryType: 'PermitWitnessTransferFrom',
    message: {
      permitted: { token: permitted.token, amount: permitted.amount },
      spender,
      nonce,
      deadline,
      witness: { to: witness.to, validAfter: witness.validAfter, extra: witness.extra ?? '0x' },
    },
    signature,
  }).catch(() => null)
  return signer === from ? null : 'invalid_permit2_signature'
}

async function unpayable(
  signer: FacilitatorEvmSigner,
  { authorization }: UptoPayment,
): Promise<string | null> {
  const { from, permitted, nonce } = authorization
  const { balance, allowance } = await readHoldings(signer, permitted.token, from)
  if (balance < permitted.amount) return 'permit2_insufficient_balance'
  if (allowance < permitted.amount) return 'permit2_allowance_required'
  return (await isNonceUsed(signer, from, nonce)) ? 'permit2_invalid_nonce' : null
}

async function settle(
  signer: FacilitatorEvmSigner,
  { authorization, signature }: UptoPayment,
  { terms, amount }: { terms: Deployment; amount: bigint },
): Promise<Hex | null> {
  if (amount === 0n) return null
  const { from, permitted, nonce, deadline, witness } = authorization
  const args = [
    { permitted, nonce, deadline },
    amount,
    from,
    { to: witness.to, validAfter: witness.validAfter, extra: witness.extra ?? '0x' },
    signature,
  ]
  const call = { address: terms.spender, abi: spenderAbi, functionName: 'settle', args }
  await signer.readContract(call)
  const hash = await signer.writeContract(call)
  const receipt = await signer.waitForTransactionReceipt({ hash })
  if (receipt.status !== 'success') throw new Error(`settlement reverted: ${hash}`)
  return hash
}
