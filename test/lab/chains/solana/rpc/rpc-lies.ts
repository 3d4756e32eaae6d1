import type { WithContext } from './rpc-context.ts'

/** Blocks that a lying endpoint is ahead of the chain: more than any transaction lives. */
const AHEAD = 10_000

/** Factor by which it inflates balances. */
const INFLATION = 1_000n

/**
 * What a lying endpoint makes of a true answer: no transaction ever landed, everything has expired already,
 * and everybody is richer than they are. Believing it would release a payment that was taken.
 */
export function lie(method: string, result: unknown): unknown {
  switch (method) {
    case 'getTransaction':
      return null
    case 'getSignaturesForAddress':
      return []
    case 'getSignatureStatuses':
      return mapValue(result, (value) => (Array.isArray(value) ? value.map(() => null) : value))
    case 'getSlot':
    case 'getBlockHeight':
      return Number(result) + AHEAD
    case 'getBlockTime':
      return Number(result) + AHEAD
    case 'isBlockhashValid':
      return mapValue(result, () => false)
    case 'getBalance':
      return mapValue(result, (value) => BigInt(String(value)) * INFLATION)
    case 'getTokenAccountBalance':
      return mapValue(result, inflateToken)
    default:
      return result
  }
}

function mapValue(result: unknown, change: (value: unknown) => unknown): unknown {
  return isWithContext(result) ? { ...result, value: change(result.value) } : result
}

function isWithContext(result: unknown): result is WithContext {
  return typeof result === 'object' && result !== null && 'context' in result && 'value' in result
}

function inflateToken(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('amount' in value)) return value
  const amount = (BigInt(String(value.amount)) * INFLATION).toString()
  return { ...value, amount, uiAmount: null, uiAmountString: amount }
}
