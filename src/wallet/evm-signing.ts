/** Signing on EVM: curve and typed data. Apart from the rest, so that a worker which signs nothing does not evaluate it. */
import { sign } from 'viem/accounts'
import { createEvmSigner } from './evm-signer.ts'

export interface EvmSigning {
  readonly createEvmSigner: typeof createEvmSigner
  /** Builds secp256k1's table of multiples (13–47 ms), which the first signature of a worker would do otherwise. */
  readonly buildTable: () => Promise<unknown>
}

/** Any key will do: the table is the base point's. */
const ANY_KEY = `0x${'11'.repeat(32)}` as const

export const evmSigning: EvmSigning = {
  createEvmSigner,
  buildTable: () => sign({ hash: ANY_KEY, privateKey: ANY_KEY }),
}
