import type { LandedTransaction } from '../landed-transactions.ts'
import type { SolanaLedger } from '../solana-ledger.ts'
import { transactionMemo } from '../transaction-reader.ts'
import { type RpcMethod, readSlot, withContext } from './rpc-context.ts'
import { invalidParams, RpcError } from './rpc-error.ts'
import {
  parseConfig,
  parseCount,
  parseFlag,
  parseList,
  parsePubkey,
  parseSignature,
  parseWord,
  type RpcConfig,
  requireParam,
} from './rpc-params.ts'
import { statusJson, transactionJson } from './transaction-json.ts'

/** Most signatures that `getSignatureStatuses` is asked about. */
const MAX_STATUSES = 256
/** Most entries that `getSignaturesForAddress` gives. */
const MAX_SIGNATURES = 1_000
/** Slots that the status cache goes back behind the finalized one; older ones are searched on request only. */
const STATUS_CACHE_SLOTS = 300

/** Methods that find transactions. */
export const historyMethods: Record<string, RpcMethod> = {
  getSignatureStatuses(ledger, params) {
    const signatures = parseList(requireParam(params, 0), MAX_STATUSES).map(parseSignature)
    const search = parseFlag(parseConfig(params[1]).searchTransactionHistory)
    const oldest = search ? 0 : ledger.clock.slot('finalized') - STATUS_CACHE_SLOTS
    return withContext(
      ledger.clock.slot('processed'),
      signatures.map((signature) => {
        const entry = ledger.transaction(signature)
        return entry === undefined || entry.slot < oldest ? null : signatureStatus(ledger, entry)
      }),
    )
  },

  getSignaturesForAddress(ledger, params) {
    const address = parsePubkey(requireParam(params, 0))
    const config = parseConfig(params[1])
    const slot = readFinalSlot(ledger, config)
    const limit =
      config.limit === undefined || config.limit === null ? MAX_SIGNATURES : parseCount(config.limit)
    if (limit === 0 || limit > MAX_SIGNATURES) throw invalidParams(`Invalid limit; max ${MAX_SIGNATURES}`)
    const all = ledger.transactionsOf(address).filter((entry) => entry.slot <= slot)
    return between([...all].reverse(), config)
      .slice(0, limit)
      .map((entry) => ({
        signature: entry.read.signature,
        slot: entry.slot,
        err: entry.error,
        memo: transactionMemo(entry.read.message),
        blockTime: ledger.clock.blockTime(entry.slot),
        confirmationStatus: commitmentOf(ledger, entry.slot),
      }))
  },

  getTransaction(ledger, params) {
    const signature = parseSignature(requireParam(params, 0))
    const config = typeof params[1] === 'string' ? { encoding: params[1] } : parseConfig(params[1])
    const slot = readFinalSlot(ledger, config)
    const encoding = parseWord(config.encoding, ['json', 'base58', 'base64'], 'json')
    const entry = ledger.transaction(signature)
    if (entry === undefined || entry.slot > slot) return null
    const { version } = entry.read.message
    const readsVersions = typeof config.maxSupportedTransactionVersion === 'number'
    if (version === 0 && !readsVersions) throw unsupportedVersion()
    const answer = transactionJson(ledger, entry, encoding)
    return readsVersions ? { ...answer, version } : answer
  },
}

function unsupportedVersion(): RpcError {
  return new RpcError(
    'unsupportedTransactionVersion',
    'Transaction version (0) is not supported by the requesting client. Please try the request again with the following configuration parameter: "maxSupportedTransactionVersion": 0',
  )
}

function readFinalSlot(ledger: SolanaLedger, config: RpcConfig): number {
  if (config.commitment === 'processed')
    throw invalidParams('Method does not support commitment below `confirmed`')
  return readSlot(ledger, config)
}

function signatureStatus(ledger: SolanaLedger, entry: LandedTransaction): unknown {
  const confirmationStatus = commitmentOf(ledger, entry.slot)
  return {
    slot: entry.slot,
    confirmations: confirmationStatus === 'finalized' ? null : ledger.clock.slot('processed') - entry.slot,
    err: entry.error,
    status: statusJson(entry.error),
    confirmationStatus,
  }
}

function commitmentOf(ledger: SolanaLedger, slot: number): 'processed' | 'confirmed' | 'finalized' {
  if (slot <= ledger.clock.slot('finalized')) return 'finalized'
  return slot <= ledger.clock.slot('confirmed') ? 'confirmed' : 'processed'
}

/** Cuts a list, newest first, to what lies after `before` and ahead of `until`, both left out. */
function between(list: readonly LandedTransaction[], config: RpcConfig): readonly LandedTransaction[] {
  const indexOf = (value: unknown): number => {
    const signature = parseSignature(value)
    return list.findIndex((entry) => entry.read.signature === signature)
  }
  const before = config.before === undefined || config.before === null ? null : indexOf(config.before)
  const until = config.until === undefined || config.until === null ? -1 : indexOf(config.until)
  if (before === -1) return []
  return list.slice(before === null ? 0 : before + 1, until === -1 ? undefined : until)
}
