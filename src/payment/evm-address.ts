import { getAddress, isAddress } from 'viem'

export const ZERO_ADDRESS = '0x0000000000000000000000000000000000000000'

/** The checksummed form (EIP-55) of an address that is all lower case or carries its right checksum; undefined otherwise. */
export function parseEvmAddress(value: unknown): `0x${string}` | undefined {
  if (typeof value !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(value)) return undefined
  if (value !== value.toLowerCase() && !isAddress(value, { strict: true })) return undefined
  return getAddress(value)
}
