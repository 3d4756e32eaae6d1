/** secp256k1 by noble: signatures by RFC 6979 with low s, constant-time and blinded; and addresses. */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { getAddress, keccak256 } from 'viem'

/**
 * Bits of a window in the table of the base point's multiples: 776 points, built in about 10 ms. Wider ones would make a
 * signature a fifth of a millisecond quicker and take three times as long to build.
 */
const WINDOW_BITS = 4

// Without a table at first: one signature takes 2 ms more then, where building one would take far longer than it saves.
secp256k1.Point.BASE.precompute(1)

export interface HashSignature {
  readonly r: `0x${string}`
  readonly s: `0x${string}`
  readonly yParity: 0 | 1
  /** 27 or 28, as contracts and transactions before EIP-2930 have it. */
  readonly v: 27n | 28n
}

/** Signs a hash of 32 bytes with a key of 32 bytes. */
export function signHash(hash: Uint8Array, key: Uint8Array): HashSignature {
  const bytes = secp256k1.sign(hash, key, { prehash: false, format: 'recovered' })
  const { r, s, recovery } = secp256k1.Signature.fromBytes(bytes, 'recovered')
  const parity = recovery === 1 ? ({ yParity: 1, v: 28n } as const) : ({ yParity: 0, v: 27n } as const)
  return { r: word(r), s: word(s), ...parity }
}

/** The checksummed address (EIP-55) of a key of 32 bytes. */
export function evmAddressOf(key: Uint8Array): `0x${string}` {
  const point = secp256k1.getPublicKey(key, false)
  // The last 20 bytes of the hash of the key's two coordinates. Source: Ethereum yellow paper, appendix F.
  return getAddress(`0x${keccak256(point.subarray(1)).slice(-40)}`)
}

/** Makes every later signature quicker; holds the thread while it works. */
export function buildTable(): void {
  secp256k1.Point.BASE.precompute(WINDOW_BITS, false)
}

function word(value: bigint): `0x${string}` {
  return `0x${value.toString(16).padStart(64, '0')}`
}
