/** Finds what a used nonce did: the transfer that it authorised, or its cancellation. */
import type { Hex } from 'viem'
import { type AtomicAmount, toAtomic } from '../../domain/amount.ts'
import type { Payment, SignedAttempt } from '../../domain/payment.ts'
import type { Endpoint } from '../rpc/endpoint-pool.ts'
import { toWord } from '../rpc/hex.ts'
import { TOPICS } from './contracts.ts'
import { type Log, type Receipt, readReceipt, readTransaction } from './evm-reads.ts'
import { searchLogs, type TimeWindow } from './search-logs.ts'

export type Settlement =
  | { readonly kind: 'found'; readonly transaction: string; readonly charged: AtomicAmount }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'missing' }

/** How far before its reservation a payment is looked for, seconds: the wall clock may differ from the chain's by 120. */
const SKEW_SECONDS = 150
/** Transactions of one window whose input is read for one Permit2 payment. */
const MAX_CANDIDATES = 100

/** Looks on one endpoint. Throws RpcError. */
export function findSettlement(endpoint: Endpoint, payment: Payment): Promise<Settlement> {
  return payment.method === 'permit2'
    ? findPermit2Transfer(endpoint, payment)
    : findAuthorizationUse(endpoint, payment)
}

/**
 * EIP-3009: the token itself names payer and nonce in `AuthorizationUsed`, which only our signature can bring about, and
 * moves the money in the next log of the same token. So those two logs tie a transaction to the payment.
 */
async function findAuthorizationUse(endpoint: Endpoint, payment: Payment): Promise<Settlement> {
  const reported = await readReported(endpoint, payment)
  if (reported) return reported
  const used = TOPICS['AuthorizationUsed(address,bytes32)']
  const cancelled = TOPICS['AuthorizationCanceled(address,bytes32)']
  const logs = await searchLogs(
    endpoint,
    {
      address: payment.asset,
      topics: [[used, cancelled], `0x${toWord(payment.account)}`, `0x${toWord(payment.nonce ?? '')}`],
    },
    windowOf(payment),
  )
  for (const log of logs.filter((entry) => isOf(entry, payment))) {
    if (log.topics[0] === cancelled) return { kind: 'cancelled' }
    const receipt = await readReceipt(endpoint, log.transactionHash)
    const found = receipt && readAuthorizedTransfer(receipt, payment)
    if (found) return found
  }
  return { kind: 'missing' }
}

/** The gateway's word is a hint where to look first, nothing more. */
async function readReported(endpoint: Endpoint, payment: Payment): Promise<Settlement | null> {
  if (payment.transaction === null || !/^0x[0-9a-fA-F]{64}$/.test(payment.transaction)) return null
  const receipt = await readReceipt(endpoint, payment.transaction)
  return receipt && readAuthorizedTransfer(receipt, payment)
}

function readAuthorizedTransfer(receipt: Receipt, payment: Payment): Settlement | null {
  if (!receipt.succeeded) return null
  const logs = receipt.logs.filter((log) => log.address === payment.asset.toLowerCase())
  const used = logs.findIndex(
    (log) => log.topics[0] === TOPICS['AuthorizationUsed(address,bytes32)'] && isOf(log, payment),
  )
  const next = used === -1 ? undefined : logs[used + 1]
  const transfer = next && readTransfer(next)
  if (!transfer || !sameAddress(transfer.from, payment.account)) return null
  const attempt = payment.attempts.find(
    (signed) => sameAddress(signed.payTo, transfer.to) && signed.amount === transfer.amount,
  )
  return attempt ? { kind: 'found', transaction: receipt.transactionHash, charged: attempt.amount } : null
}

function isOf(log: Log, payment: Payment): boolean {
  return (
    log.topics[1] === `0x${toWord(payment.account)}` && log.topics[2] === `0x${toWord(payment.nonce ?? '')}`
  )
}

/**
 * Permit2 names no nonce in any log: the transfer is ours where the transaction's input carries our nonce and signature.
 * Whoever packs our signature as an ornament into another transaction makes the larger transfer count, never a smaller.
 */
async function findPermit2Transfer(endpoint: Endpoint, payment: Payment): Promise<Settlement> {
  const payees = [...new Set(payment.attempts.map((attempt) => `0x${toWord(attempt.payTo)}`))]
  const logs = await searchLogs(
    endpoint,
    {
      address: payment.asset,
      topics: [TOPICS['Transfer(address,address,uint256)'], `0x${toWord(payment.account)}`, payees],
    },
    windowOf(payment),
  )
  const hashes = [...new Set(logs.map((log) => log.transactionHash))].slice(0, MAX_CANDIDATES)
  let best: Settlement = { kind: 'missing' }
  for (const transactionHash of hashes) {
    const input = (await readTransaction(endpoint, transactionHash))?.input
    const attempts = input ? attemptsIn(input, payment) : []
    if (attempts.length === 0) continue
    const charged = largestTransfer(
      logs.filter((log) => log.transactionHash === transactionHash),
      payment,
      attempts,
    )
    if (charged === null || (best.kind === 'found' && best.charged >= charged)) continue
    best = { kind: 'found', transaction: transactionHash, charged }
  }
  return best
}

/** The attempts whose nonce and signature stand in a transaction's input. */
function attemptsIn(input: Hex, payment: Payment): readonly SignedAttempt[] {
  if (!input.includes(toWord(BigInt(payment.nonce ?? '0')))) return []
  return payment.attempts.filter((attempt) => input.includes(signatureBody(attempt.signature)))
}

/** r and s, which stand next to each other in every encoding but EIP-2098's compact one. */
function signatureBody(signature: string): string {
  return signature.slice(2, 130).toLowerCase()
}

function largestTransfer(
  logs: readonly Log[],
  payment: Payment,
  attempts: readonly SignedAttempt[],
): AtomicAmount | null {
  let largest: AtomicAmount | null = null
  for (const log of logs) {
    const transfer = log.address === payment.asset.toLowerCase() ? readTransfer(log) : null
    if (!transfer || !sameAddress(transfer.from, payment.account)) continue
    const covered = attempts.some(
      (attempt) => sameAddress(attempt.payTo, transfer.to) && transfer.amount <= attempt.amount,
    )
    if (covered && (largest === null || transfer.amount > largest)) largest = transfer.amount
  }
  return largest
}

interface TokenTransfer {
  readonly from: string
  readonly to: string
  readonly amount: AtomicAmount
}

function readTransfer(log: Log): TokenTransfer | null {
  const [topic, from, to] = log.topics
  if (topic !== TOPICS['Transfer(address,address,uint256)'] || !from || !to || log.data.length !== 66)
    return null
  return { from: `0x${from.slice(26)}`, to: `0x${to.slice(26)}`, amount: toAtomic(BigInt(log.data)) }
}

function sameAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

function windowOf(payment: Payment): TimeWindow {
  const ends = payment.attempts.map((attempt) => attempt.validBefore ?? 0)
  return { from: Math.floor(payment.reservedAtMs / 1000) - SKEW_SECONDS, to: Math.max(...ends) }
}
