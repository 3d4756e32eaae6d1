/** Signing on EVM: curve and typed data. Apart from the rest, so that a worker which signs nothing does not evaluate it. */
import { hashTypedData, hexToBytes } from 'viem'
import { createEvmSigner } from './evm-signer.ts'
import { buildTable, signHash } from './secp256k1.ts'

/** Any will do: nothing of it leaves this file. */
const ANY = new Uint8Array(32).fill(0x11)
const ANY_DATA = {
  domain: { name: 'any', version: '1', chainId: 1 },
  types: {
    Any: [
      { name: 'to', type: 'address' },
      { name: 'value', type: 'uint256' },
    ],
  },
  primaryType: 'Any',
  message: { to: '0x0000000000000000000000000000000000000001', value: 1n },
} as const

export interface EvmSigning {
  readonly createEvmSigner: typeof createEvmSigner
  /** Signs once with a key of nobody's, so that the engine has compiled what the first signature runs: it takes a quarter then. */
  readonly rehearse: () => void
  /** Builds secp256k1's table of multiples, so that later signatures are quicker: about 10 ms in which nothing else runs. */
  readonly buildTable: () => void
}

export const evmSigning: EvmSigning = {
  createEvmSigner,
  rehearse: () => void signHash(hexToBytes(hashTypedData(ANY_DATA)), ANY),
  buildTable,
}
