import { x402Facilitator } from '@x402/core/facilitator'
import type { PaymentPayload, PaymentRequirements } from '@x402/core/types'
import type { FacilitatorEvmSigner } from '@x402/evm'
import { UptoEvmScheme } from '@x402/evm/upto/facilitator'
import { type Address, getAddress, type Hex } from 'viem'
import type { EvmChain } from '../../chains/evm-chain.ts'
import { createSettlementSigner } from '../../settlement-signer.ts'
import type { Deployment } from './deployments.ts'
import { isNonceUsed } from './permit2-state.ts'
import { createSponsoringSigner } from './sponsoring-signer.ts'
import type { UptoFacilitator, Verdict } from './upto-facilitator.ts'
import type { UptoPayment } from './upto-payment.ts'

/** How many facilitator accounts take turns in the 402s. */
const POOL = 4

interface Member {
  address: Address
  signer: FacilitatorEvmSigner
  facilitator: x402Facilitator
}

/** The stock `upto` scheme over several accounts, each of which settles what names it. */
export async function createNewerFacilitator(chain: EvmChain): Promise<UptoFacilitator> {
  const members = await Promise.all(Array.from({ length: POOL }, (_, index) => createMember(chain, index)))
  const [first] = members
  if (!first) throw new Error('the facilitator needs an account')
  const memberOf = (payment: UptoPayment) => {
    const named = payment.authorization.witness.facilitator
    return members.find((member) => named && getAddress(named) === member.address) ?? first
  }
  let turn = 0
  return {
    nextAddress: () => (members[turn++ % members.length] ?? first).address,
    verify: (payment, terms) => verify(memberOf(payment), payment, terms),
    settle: (payment, terms, amount) => settle(memberOf(payment), payment, { terms, amount }),
  }
}

async function createMember(chain: EvmChain, index: number): Promise<Member> {
  const signer = await createSettlementSigner(chain, { count: 1, name: `opengradient ${index}` })
  const address = signer.getAddresses()[0]
  if (!address) throw new Error('the signer has no account')
  const facilitator = new x402Facilitator()
  facilitator.register(`eip155:${chain.chainId}`, new UptoEvmScheme(signer))
  const sponsoring = { key: 'erc20ApprovalGasSponsoring', signer: createSponsoringSigner(chain, signer) }
  facilitator.registerExtension(sponsoring)
  return { address, signer, facilitator }
}

async function verify(member: Member, payment: UptoPayment, terms: Deployment): Promise<Verdict> {
  const witnessed = payment.authorization.witness.facilitator
  if (!witnessed) return { kind: 'invalid', reason: 'unsupported_payload_type' }
  const result = await member.facilitator.verify(stockPayload(payment), requirements(terms, terms.cap))
  const reason = result.invalidReason ?? 'invalid_payload'
  // The stock scheme has one word for a used nonce and for all that it cannot name; the gateway's has its own.
  const onlySimulated = result.isValid || reason === 'permit2_simulation_failed'
  const { from, nonce } = payment.authorization
  if (onlySimulated && (await isNonceUsed(member.signer, from, nonce))) {
    return { kind: 'invalid', reason: 'permit2_invalid_nonce' }
  }
  return result.isValid ? { kind: 'valid' } : { kind: 'invalid', reason }
}

async function settle(
  member: Member,
  payment: UptoPayment,
  { terms, amount }: { terms: Deployment; amount: bigint },
): Promise<Hex | null> {
  const result = await member.facilitator.settle(stockPayload(payment), requirements(terms, amount))
  if (!result.success) throw new Error(`${result.errorReason ?? 'settlement_failed'} ${result.transaction}`)
  return result.transaction === '' ? null : `0x${result.transaction.slice(2)}`
}

function requirements(terms: Deployment, amount: bigint): PaymentRequirements {
  return {
    scheme: 'upto',
    network: terms.network,
    asset: terms.token,
    amount: amount.toString(),
    payTo: terms.payTo,
    maxTimeoutSeconds: terms.maxTimeoutSeconds,
    extra: terms.extra,
  }
}

/** The stock scheme reads the client's own JSON, which `parseUptoPayment` has checked. */
function stockPayload(payment: UptoPayment): PaymentPayload {
  return payment.raw as unknown as PaymentPayload
}
