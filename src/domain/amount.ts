/** Amounts of money: branded bigints in an asset's atomic units; decimal strings outside; never a number. */

/** A non-negative amount in atomic units of some asset. */
export type AtomicAmount = bigint & { readonly __brand: 'AtomicAmount' }

export const ZERO: AtomicAmount = 0n as AtomicAmount

/** Brands a bigint; throws RangeError below zero. */
export function toAtomic(value: bigint): AtomicAmount {
  if (value < 0n) throw new RangeError(`An amount is never negative: ${value}`)
  return value as AtomicAmount
}

/** Reads the wire form, `"0"` or digits without a leading zero, at most 78 of them (uint256); throws RangeError. */
export function parseAtomic(text: string): AtomicAmount {
  if (!/^(0|[1-9][0-9]{0,77})$/.test(text)) throw new RangeError('Not an amount in atomic units')
  return toAtomic(BigInt(text))
}

/** The wire form: a decimal string in atomic units. */
export function formatAtomic(amount: AtomicAmount): string {
  return amount.toString()
}

/** Reads a decimal string in whole units ("0.02") exactly; throws RangeError on more digits than `decimals`. */
export function parseDecimal(text: string, decimals: number): AtomicAmount {
  const match = /^(0|[1-9][0-9]{0,59})(?:\.([0-9]{1,60}))?$/.exec(text)
  if (!match) throw new RangeError('Not a decimal amount')
  const [, whole = '0', fraction = ''] = match
  if (fraction.length > decimals) throw new RangeError(`At most ${decimals} decimals`)
  return toAtomic(BigInt(whole + fraction.padEnd(decimals, '0')))
}

/** Writes whole units exactly, without trailing zeros: 4474n, 6 → "0.004474". For wires, not for screens. */
export function formatDecimal(amount: AtomicAmount, decimals: number): string {
  const digits = amount.toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}

export function add(a: AtomicAmount, b: AtomicAmount): AtomicAmount {
  return (a + b) as AtomicAmount
}

/** a − b; throws RangeError where b is larger: an impossible state is not papered over. */
export function subtract(a: AtomicAmount, b: AtomicAmount): AtomicAmount {
  return toAtomic(a - b)
}

export function minimum(a: AtomicAmount, b: AtomicAmount): AtomicAmount {
  return a < b ? a : b
}

export function maximum(a: AtomicAmount, b: AtomicAmount): AtomicAmount {
  return a > b ? a : b
}
