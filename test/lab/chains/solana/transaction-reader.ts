import {
  type Address,
  type CompiledTransactionMessage,
  type CompiledTransactionMessageWithLifetime,
  getBase58Decoder,
  getCompiledTransactionMessageDecoder,
  getTransactionDecoder,
  type Transaction,
} from '@solana/kit'

const COMPUTE_BUDGET_PROGRAM = 'ComputeBudget111111111111111111111111111111'
const MEMO_PROGRAMS = [
  'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr',
  'Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo',
]

/** Programs inside the validator, whose instructions reserve 3,000 compute units by default (SIMD-170). */
const BUILTIN_PROGRAMS = [
  '11111111111111111111111111111111',
  'Vote111111111111111111111111111111111111111',
  'Stake11111111111111111111111111111111111111',
  'BPFLoaderUpgradeab1e11111111111111111111111',
  COMPUTE_BUDGET_PROGRAM,
]

/** Base fee of one signature, in lamports. */
const LAMPORTS_PER_SIGNATURE = 5_000n
/** Most compute units that a transaction may use. */
const MAX_COMPUTE_UNITS = 1_400_000n

/** One instruction, its accounts as indexes into the account keys. */
export interface ReadInstruction {
  programIndex: number
  accounts: readonly number[]
  data: Uint8Array
}

/** The message of a transaction of version 0 or legacy. */
export interface ReadMessage {
  version: 'legacy' | 0
  header: { signers: number; readonlySigners: number; readonlyOthers: number }
  accounts: readonly Address[]
  blockhash: string
  instructions: readonly ReadInstruction[]
  usesLookupTables: boolean
}

/** A transaction as it came over the wire. */
export interface ReadTransaction {
  /** First signature in base58: the transaction's id. All ones where the fee payer has not signed. */
  signature: string
  signatures: readonly string[]
  transaction: Transaction
  wire: Uint8Array
  message: ReadMessage
}

/** Decodes a transaction from its wire bytes. Throws when they are not one of version 0 or legacy. */
export function readTransaction(wire: Uint8Array): ReadTransaction {
  const transaction = getTransactionDecoder().decode(wire)
  const signatures = Object.values(transaction.signatures).map((bytes) =>
    getBase58Decoder().decode(bytes ?? new Uint8Array(64)),
  )
  const message = readMessage(Uint8Array.from(transaction.messageBytes))
  const [signature] = signatures
  if (signature === undefined) throw new Error('a transaction needs a signature')
  return { signature, signatures, transaction, wire, message }
}

/** Decodes a message. Throws when it is not one of version 0 or legacy. */
export function readMessage(bytes: Uint8Array): ReadMessage {
  const compiled: CompiledTransactionMessage & CompiledTransactionMessageWithLifetime =
    getCompiledTransactionMessageDecoder().decode(bytes)
  if (compiled.version !== 0 && compiled.version !== 'legacy') {
    throw new Error(`unsupported version ${compiled.version}`)
  }
  return {
    version: compiled.version,
    header: {
      signers: compiled.header.numSignerAccounts,
      readonlySigners: compiled.header.numReadonlySignerAccounts,
      readonlyOthers: compiled.header.numReadonlyNonSignerAccounts,
    },
    accounts: compiled.staticAccounts,
    blockhash: compiled.lifetimeToken,
    instructions: compiled.instructions.map((instruction) => ({
      programIndex: instruction.programAddressIndex,
      accounts: instruction.accountIndices ?? [],
      data: Uint8Array.from(instruction.data ?? []),
    })),
    usesLookupTables: 'addressTableLookups' in compiled && (compiled.addressTableLookups?.length ?? 0) > 0,
  }
}

/** Whether the account at an index of a message may be written. */
export function isWritable(message: ReadMessage, index: number): boolean {
  const { signers, readonlySigners, readonlyOthers } = message.header
  return index < signers
    ? index < signers - readonlySigners
    : index < message.accounts.length - readonlyOthers
}

/** Fee of a transaction in lamports: 5,000 for each signature, and the price of its compute units. */
export function transactionFee(message: ReadMessage): bigint {
  const base = LAMPORTS_PER_SIGNATURE * BigInt(message.header.signers)
  let limit: bigint | undefined
  let price = 0n
  let reserved = 0n
  for (const instruction of message.instructions) {
    const program = message.accounts[instruction.programIndex] ?? ''
    reserved += BUILTIN_PROGRAMS.includes(program) ? 3_000n : 200_000n
    if (program !== COMPUTE_BUDGET_PROGRAM) continue
    const view = new DataView(instruction.data.buffer, instruction.data.byteOffset)
    if (instruction.data[0] === 2) limit = BigInt(view.getUint32(1, true))
    if (instruction.data[0] === 3) price = view.getBigUint64(1, true)
  }
  const units = limit ?? reserved
  const priced = price * (units < MAX_COMPUTE_UNITS ? units : MAX_COMPUTE_UNITS)
  return base + (priced + 999_999n) / 1_000_000n
}

/** The memos of a transaction as `getSignaturesForAddress` writes them, `[length] text`, or null. */
export function transactionMemo(message: ReadMessage): string | null {
  const memos = message.instructions
    .filter((instruction) => MEMO_PROGRAMS.includes(message.accounts[instruction.programIndex] ?? ''))
    .map((instruction) => `[${instruction.data.length}] ${new TextDecoder().decode(instruction.data)}`)
  return memos.length > 0 ? memos.join('; ') : null
}
