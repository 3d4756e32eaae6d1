import { secp256k1 } from '@noble/curves/secp256k1.js'
import { getAddress, hexToBytes, keccak256 } from 'viem'

export interface SignatureParts {
  readonly r: bigint
  readonly s: bigint
  readonly yParity: number
}

/** The checksummed address whose key signed a hash of 32 bytes; throws where there is none. */
export function recoverSigner(hash: `0x${string}`, { r, s, yParity }: SignatureParts): `0x${string}` {
  const key = new secp256k1.Signature(r, s, yParity).recoverPublicKey(hexToBytes(hash))
  // The last 20 bytes of the hash of the key's two coordinates. Source: Ethereum yellow paper, appendix F.
  return getAddress(`0x${keccak256(key.toBytes(false).subarray(1)).slice(-40)}`)
}
