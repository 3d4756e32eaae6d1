import type { Hex } from 'viem'
import { toWord } from '../rpc/hex.ts'
import { SELECTORS } from './contracts.ts'

/** Calldata of a call whose arguments are all static: addresses, bytes32 and uint256, one word each. */
export function encodeCall(signature: keyof typeof SELECTORS, ...words: readonly (bigint | string)[]): Hex {
  return `${SELECTORS[signature]}${words.map(toWord).join('')}`
}
