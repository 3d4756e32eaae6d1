import { createHash } from 'node:crypto'
import { type Address, createKeyPairSignerFromPrivateKeyBytes, type KeyPairSigner } from '@solana/kit'
import { type FacilitatorSvmSigner, toFacilitatorSvmSigner } from '@x402/svm'
import { ExactSvmScheme } from '@x402/svm/exact/facilitator'
import type { SolanaChain } from '../solana-chain.ts'

/** SOL that each fee payer holds, in lamports. */
const FEE_PAYER_LAMPORTS = 10_000_000_000n

/** What a facilitator registers to verify and settle `exact` on Solana: `facilitator.register(network, scheme)`. */
export interface SvmFacilitator {
  readonly network: SolanaChain['network']
  readonly scheme: ExactSvmScheme
  /** Accounts that pay the fees; the scheme offers one of them at random in each 402. */
  readonly feePayers: readonly string[]
}

/**
 * Makes the stock `exact` scheme with several funded fee payers, whose test-only keys are the same on every start.
 * It talks to the chain over an endpoint of its own, so that a client's endpoint can be dead, or counted, without it.
 */
export async function createSvmFacilitator(chain: SolanaChain, feePayers = 3): Promise<SvmFacilitator> {
  const signers = await Promise.all(Array.from({ length: feePayers }, (_, index) => makeFeePayer(index)))
  const rpc = await chain.openRpc()
  for (const signer of signers) await chain.fund(signer.address, 'native', FEE_PAYER_LAMPORTS)
  return {
    network: chain.network,
    scheme: new ExactSvmScheme(joinSigners(signers, rpc.url)),
    feePayers: signers.map((signer) => signer.address),
  }
}

async function makeFeePayer(index: number): Promise<KeyPairSigner> {
  const seed = createHash('sha256').update(`x402 lab fee payer ${index}`).digest()
  return await createKeyPairSignerFromPrivateKeyBytes(seed)
}

/** One facilitator signer over several keys: each signs for its own address, all share the RPC. */
function joinSigners(signers: readonly KeyPairSigner[], rpcUrl: string): FacilitatorSvmSigner {
  const each = new Map<Address, FacilitatorSvmSigner>(
    signers.map((signer) => [signer.address, toFacilitatorSvmSigner(signer, { defaultRpcUrl: rpcUrl })]),
  )
  const [first] = each.values()
  if (first === undefined) throw new Error('a facilitator needs a fee payer')
  return {
    ...first,
    getAddresses: () => [...each.keys()],
    signTransaction: (transaction, feePayer, network) =>
      requireSigner(each, feePayer).signTransaction(transaction, feePayer, network),
  }
}

function requireSigner(
  each: ReadonlyMap<Address, FacilitatorSvmSigner>,
  feePayer: Address,
): FacilitatorSvmSigner {
  const signer = each.get(feePayer)
  if (signer === undefined) throw new Error(`no signer for fee payer ${feePayer}`)
  return signer
}
