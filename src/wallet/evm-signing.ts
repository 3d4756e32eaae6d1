/** Signing on EVM: curve and typed data. Apart from the rest, so that a worker which signs nothing does not evaluate it. */
import { createEvmSigner } from './evm-signer.ts'
import { buildTable } from './secp256k1.ts'

export interface EvmSigning {
  readonly createEvmSigner: typeof createEvmSigner
  /** Builds secp256k1's table of multiples, so that later signatures are quicker: about 10 ms in which nothing else runs. */
  readonly buildTable: () => void
}

export const evmSigning: EvmSigning = { createEvmSigner, buildTable }
