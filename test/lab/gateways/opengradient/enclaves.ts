import { type Abi, type Hex, parseAbi } from 'viem'
import { addresses } from '../../chains/addresses.ts'
import type { EvmChain } from '../../chains/evm-chain.ts'
import { createSettlementSigner } from '../../settlement-signer.ts'
import { createTeeSigner, type TeeProof, type TeeSigner } from './tee-signer.ts'

/** The registry's kind of enclave that serves language models. */
const LLM_PROXY = 0

const registryAbi = parseAbi([
  'function register(bytes publicKey, string endpoint, uint8 teeType) returns (bytes32)',
  'function setActive(bytes32 teeId, bool active)',
])

/** The enclaves behind the emulated gateways, and the registry on chain that knows two of them. */
export interface Enclaves {
  /** Registered and active: signs honest answers. */
  readonly active: TeeSigner
  /** Registered, then disabled. */
  readonly disabled: TeeSigner
  /** Never registered. */
  readonly unknown: TeeSigner
  /** The one that signed last, and that answers for its own key. */
  serving: TeeSigner
  register(signer: TeeSigner, endpoint: string): Promise<void>
  setActive(teeId: Hex, active: boolean): Promise<void>
}

/** Makes three RSA keys and registers two of them on the registry chain. */
export async function createEnclaves(chain: EvmChain, endpoint: string): Promise<Enclaves> {
  const sender = await createSettlementSigner(chain, { count: 1, name: 'tee registry' })
  async function send(functionName: string, args: readonly unknown[]): Promise<void> {
    const abi: Abi = registryAbi
    const hash = await sender.writeContract({
      address: addresses.teeRegistry,
      abi,
      functionName,
      args,
      gas: 3_000_000n,
    })
    const receipt = await sender.waitForTransactionReceipt({ hash })
    if (receipt.status !== 'success') throw new Error(`${functionName} failed on the TEE registry`)
  }
  const active = createTeeSigner()
  const enclaves: Enclaves = {
    active,
    serving: active,
    disabled: createTeeSigner(),
    unknown: createTeeSigner(),
    register: (signer, url) => send('register', [signer.publicKey, url, LLM_PROXY]),
    setActive: (teeId, active) => send('setActive', [teeId, active]),
  }
  await Promise.all([
    enclaves.register(enclaves.active, endpoint),
    enclaves.register(enclaves.disabled, endpoint),
  ])
  await enclaves.setActive(enclaves.disabled.teeId, false)
  return enclaves
}

/** What may be wrong with a proof. */
export const proofFaults = [
  'forged-proof',
  'wrong-output-hash',
  'unknown-enclave',
  'disabled-enclave',
  'no-proof',
] as const
export type ProofFault = (typeof proofFaults)[number]

interface Proved {
  request: string
  output: string
  timestamp: number
}

/** The proof of one answer, honest or wrong in one way; null where the answer has none. */
export function proveAnswer(enclaves: Enclaves, proved: Proved, fault: ProofFault | null): TeeProof | null {
  const { request, output, timestamp } = proved
  enclaves.serving = signerOf(enclaves, fault)
  switch (fault) {
    case null:
    case 'unknown-enclave':
    case 'disabled-enclave':
      return enclaves.serving.prove(request, output, timestamp)
    case 'forged-proof': {
      const proof = enclaves.serving.prove(request, output, timestamp)
      const stranger = enclaves.unknown.prove(request, output, timestamp)
      return { ...proof, tee_signature: stranger.tee_signature }
    }
    case 'wrong-output-hash':
      return enclaves.serving.prove(request, `${output} `, timestamp)
    case 'no-proof':
      return null
  }
}

function signerOf(enclaves: Enclaves, fault: ProofFault | null): TeeSigner {
  if (fault === 'unknown-enclave') return enclaves.unknown
  return fault === 'disabled-enclave' ? enclaves.disabled : enclaves.active
}
