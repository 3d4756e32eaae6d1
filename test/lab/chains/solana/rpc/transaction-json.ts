import { getBase58Decoder } from '@solana/kit'
import type { LandedTransaction, TokenBalance } from '../landed-transactions.ts'
import type { SolanaLedger } from '../solana-ledger.ts'
import type { Execution } from '../svm-runner.ts'
import type { TransactionError } from '../transaction-error.ts'
import type { ReadInstruction, ReadMessage } from '../transaction-reader.ts'
import { tokenAmountJson } from './account-json.ts'

/** How `getTransaction` writes the transaction itself. */
export type TransactionEncoding = 'json' | 'base58' | 'base64'

/** A landed transaction as `getTransaction` gives it; the version is added where the caller can read versions. */
export function transactionJson(
  ledger: SolanaLedger,
  entry: LandedTransaction,
  encoding: TransactionEncoding,
): Record<string, unknown> {
  return {
    slot: entry.slot,
    blockTime: ledger.clock.blockTime(entry.slot),
    meta: metaJson(entry),
    transaction: bodyJson(entry, encoding),
  }
}

/** The old form of a result, which the RPC still gives beside `err`. */
export function statusJson(error: TransactionError | null): unknown {
  return error === null ? { Ok: null } : { Err: error }
}

/** Instructions that were called by others, of the instructions that called any. */
export function innerJson(execution: Execution): unknown[] {
  return execution.inner
    .map((list, index) => ({
      index,
      instructions: list.map(({ instruction, stackHeight }) => instructionJson(instruction, stackHeight)),
    }))
    .filter((entry) => entry.instructions.length > 0)
}

function metaJson(entry: LandedTransaction): unknown {
  return {
    err: entry.error,
    status: statusJson(entry.error),
    fee: entry.fee,
    preBalances: entry.lamports.before,
    postBalances: entry.lamports.after,
    preTokenBalances: entry.tokens.before.map(tokenBalanceJson),
    postTokenBalances: entry.tokens.after.map(tokenBalanceJson),
    innerInstructions: innerJson(entry),
    logMessages: entry.logs,
    loadedAddresses: { readonly: [], writable: [] },
    computeUnitsConsumed: entry.unitsConsumed,
    rewards: [],
  }
}

function tokenBalanceJson(balance: TokenBalance): unknown {
  return {
    accountIndex: balance.accountIndex,
    mint: balance.mint,
    owner: balance.owner,
    programId: balance.program,
    uiTokenAmount: tokenAmountJson(balance.amount, balance.decimals),
  }
}

function bodyJson({ read }: LandedTransaction, encoding: TransactionEncoding): unknown {
  if (encoding === 'base64') return [Buffer.from(read.wire).toString('base64'), 'base64']
  if (encoding === 'base58') return [getBase58Decoder().decode(read.wire), 'base58']
  return { signatures: read.signatures, message: messageJson(read.message) }
}

function messageJson(message: ReadMessage): unknown {
  return {
    header: {
      numRequiredSignatures: message.header.signers,
      numReadonlySignedAccounts: message.header.readonlySigners,
      numReadonlyUnsignedAccounts: message.header.readonlyOthers,
    },
    accountKeys: message.accounts,
    recentBlockhash: message.blockhash,
    instructions: message.instructions.map((instruction) => instructionJson(instruction, 1)),
    ...(message.version === 0 ? { addressTableLookups: [] } : {}),
  }
}

function instructionJson(instruction: ReadInstruction, stackHeight: number): unknown {
  return {
    programIdIndex: instruction.programIndex,
    accounts: instruction.accounts,
    data: getBase58Decoder().decode(instruction.data),
    stackHeight,
  }
}
