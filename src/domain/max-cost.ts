import { type AtomicAmount, parseDecimal } from './amount.ts'
import { type Currency, decimalsOf, isCurrency } from './currency.ts'
import { ChatError } from './errors.ts'

/** The most that a caller lets one request cost. */
export interface MaxCost {
  readonly currency: Currency
  /** Atomic units. */
  readonly amount: AtomicAmount
}

/** Reads `"0.02 USDC"`: a decimal in whole units, one space, a currency. Throws ChatError 'invalid-body'. */
export function parseMaxCost(text: string): MaxCost {
  const [value = '', name, ...more] = text.split(' ')
  if (!isCurrency(name) || more.length > 0) throw new ChatError('invalid-body', { parameter: 'maxCost' })
  return { currency: name, amount: parseWhole(value, name) }
}

/** Reads a decimal in whole units of a currency. Throws ChatError 'invalid-body'; never rounds. */
export function parseWhole(value: string, currency: Currency): AtomicAmount {
  try {
    return parseDecimal(value, decimalsOf(currency))
  } catch (cause) {
    throw new ChatError('invalid-body', { parameter: 'maxCost' }, { cause })
  }
}
