import type { TransferMethod } from '../domain/asset.ts'

/**
 * A fresh payment nonce: EIP-3009 0x + 64 hex, Permit2 a uint256 as a decimal string, Solana none (null).
 * `random` gives that many bytes of cryptographic randomness.
 */
export function newNonce(method: TransferMethod, random: (length: number) => Uint8Array): string | null {
  switch (method) {
    case 'eip3009':
      return hex(random(32))
    case 'permit2':
      return BigInt(hex(random(32))).toString()
    case 'solana':
      return null
  }
}

function hex(bytes: Uint8Array): string {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
