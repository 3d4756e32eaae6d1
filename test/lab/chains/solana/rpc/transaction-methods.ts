import type { SolanaLedger } from '../solana-ledger.ts'
import type { Execution, Simulation } from '../svm-runner.ts'
import { describeTransactionError } from '../transaction-error.ts'
import { type ReadTransaction, readTransaction } from '../transaction-reader.ts'
import { accountJson, decimalsAt } from './account-json.ts'
import { type RpcMethod, readSlot, withContext } from './rpc-context.ts'
import { invalidParams, RpcError } from './rpc-error.ts'
import {
  parseBytes,
  parseConfig,
  parseFlag,
  parseList,
  parsePubkey,
  parseWord,
  type RpcConfig,
  requireParam,
} from './rpc-params.ts'
import { innerJson } from './transaction-json.ts'

/** Most bytes of a transaction (PACKET_DATA_SIZE of the validator). */
const MAX_TRANSACTION_BYTES = 1_232
/** Most accounts that a simulation gives back. */
const MAX_SIMULATED_ACCOUNTS = 64

const TYPE_NAME = 'solana_transaction::versioned::VersionedTransaction'

/** Methods that run transactions. */
export const transactionMethods: Record<string, RpcMethod> = {
  sendTransaction(ledger, params) {
    const config = parseConfig(params[1])
    const read = parseTransaction(requireParam(params, 0), config, 'base58')
    if (!parseFlag(config.skipPreflight)) preflight(ledger, read, config)
    ledger.submit(read)
    return read.signature
  },

  simulateTransaction(ledger, params) {
    const config = parseConfig(params[1])
    const read = parseTransaction(requireParam(params, 0), config, 'base58')
    const slot = readSlot(ledger, config)
    const replace = parseFlag(config.replaceRecentBlockhash)
    if (parseFlag(config.sigVerify)) {
      if (replace) throw invalidParams('sigVerify may not be used with replaceRecentBlockhash')
      requireSignatures(ledger, read)
    }
    const result = ledger.simulate(read, replace ? null : slot)
    const height = ledger.clock.blockHeight(slot)
    return withContext(slot, {
      ...simulationJson(result, parseFlag(config.innerInstructions)),
      accounts: simulatedAccounts(ledger, result.accounts, config),
      replacementBlockhash: replace
        ? {
            blockhash: ledger.blockhashes.at(height),
            lastValidBlockHeight: ledger.blockhashes.lastValidHeight(height),
          }
        : null,
    })
  },
}

/** Refuses as the RPC does before it hands a transaction on: bad signatures, then whatever a simulation finds. */
function preflight(ledger: SolanaLedger, read: ReadTransaction, config: RpcConfig): void {
  requireSignatures(ledger, read)
  const slot = readSlot(ledger, { ...config, commitment: config.preflightCommitment })
  const result = ledger.simulate(read, slot)
  if (result.error === null) return
  throw new RpcError(
    'preflightFailure',
    `Transaction simulation failed: ${describeTransactionError(result.error)}`,
    simulationJson(result, false),
  )
}

function requireSignatures(ledger: SolanaLedger, read: ReadTransaction): void {
  if (ledger.isSigned(read)) return
  throw new RpcError('signatureVerificationFailure', 'Transaction signature verification failure')
}

function simulationJson(result: Execution, withInner: boolean): Record<string, unknown> {
  return {
    err: result.error,
    logs: result.logs,
    accounts: null,
    unitsConsumed: result.unitsConsumed,
    returnData: null,
    innerInstructions: withInner ? innerJson(result) : null,
    replacementBlockhash: null,
  }
}

function simulatedAccounts(ledger: SolanaLedger, after: Simulation['accounts'], config: RpcConfig): unknown {
  if (config.accounts === undefined || config.accounts === null) return null
  const wanted = parseConfig(config.accounts)
  const slot = ledger.clock.slot('processed')
  const encoding = { encoding: 'base64', ...wanted }
  return parseList(wanted.addresses, MAX_SIMULATED_ACCOUNTS).map((value) => {
    const address = parsePubkey(value)
    const account = after.find((found) => found.address === address) ?? ledger.account(address, slot)
    return account === null ? null : accountJson(account, encoding, decimalsAt(ledger, slot))
  })
}

function parseTransaction(
  value: unknown,
  config: RpcConfig,
  otherwise: 'base58' | 'base64',
): ReadTransaction {
  const encoding = parseWord(config.encoding, ['base58', 'base64'], otherwise)
  const bytes = parseBytes(value, encoding)
  if (bytes.length > MAX_TRANSACTION_BYTES) {
    throw invalidParams(
      `decoded ${TYPE_NAME} too large: ${bytes.length} bytes (max: ${MAX_TRANSACTION_BYTES} bytes)`,
    )
  }
  const read = decode(bytes)
  if (read.message.usesLookupTables)
    throw invalidParams('address lookup tables are not offered by this chain')
  return read
}

function decode(bytes: Uint8Array): ReadTransaction {
  try {
    return readTransaction(bytes)
  } catch (cause) {
    throw invalidParams(
      `failed to deserialize ${TYPE_NAME}: ${cause instanceof Error ? cause.message : cause}`,
    )
  }
}
