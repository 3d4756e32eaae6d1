import type { GasPrice } from './estimate-fee.ts'

/**
 * Fees with which a node takes a transaction in the place of another of the same nonce: each at least an eighth above what
 * it was, and what is usual now. Wei per unit of gas. Source: geth asks for a tenth more of both (`txpool.pricebump`),
 * other clients for an eighth.
 */
export function bumpFees(before: GasPrice, usual: GasPrice): GasPrice {
  const maxPriorityFeePerGas = bump(before.maxPriorityFeePerGas, usual.maxPriorityFeePerGas)
  const maxFeePerGas = larger(bump(before.maxFeePerGas, usual.maxFeePerGas), maxPriorityFeePerGas)
  return { maxFeePerGas, maxPriorityFeePerGas }
}

/** More than before also where an eighth of it is nothing. */
function bump(before: bigint, usual: bigint): bigint {
  return larger(larger((before * 9n + 7n) / 8n, before + 1n), usual)
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
