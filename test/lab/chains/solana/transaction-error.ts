import type { FailedTransactionMetadata } from 'litesvm'

/** A transaction error as Solana's RPC writes it in JSON. */
export type TransactionError = string | { [variant: string]: unknown }

type NativeError = ReturnType<FailedTransactionMetadata['err']>

/** Variants of TransactionError without fields, in litesvm's order. */
const TRANSACTION_ERRORS = [
  'AccountInUse',
  'AccountLoadedTwice',
  'AccountNotFound',
  'ProgramAccountNotFound',
  'InsufficientFundsForFee',
  'InvalidAccountForFee',
  'AlreadyProcessed',
  'BlockhashNotFound',
  'CallChainTooDeep',
  'MissingSignatureForFee',
  'InvalidAccountIndex',
  'SignatureFailure',
  'InvalidProgramForExecution',
  'SanitizeFailure',
  'ClusterMaintenance',
  'AccountBorrowOutstanding',
  'WouldExceedMaxBlockCostLimit',
  'UnsupportedVersion',
  'InvalidWritableAccount',
  'WouldExceedMaxAccountCostLimit',
  'WouldExceedAccountDataBlockLimit',
  'TooManyAccountLocks',
  'AddressLookupTableNotFound',
  'InvalidAddressLookupTableOwner',
  'InvalidAddressLookupTableData',
  'InvalidAddressLookupTableIndex',
  'InvalidRentPayingAccount',
  'WouldExceedMaxVoteCostLimit',
  'WouldExceedAccountDataTotalLimit',
  'MaxLoadedAccountsDataSizeExceeded',
  'ResanitizationNeeded',
  'InvalidLoadedAccountsDataSizeLimit',
  'UnbalancedTransaction',
  'ProgramCacheHitMaxLimit',
  'CommitCancelled',
] as const

/** Variants of InstructionError without fields, in litesvm's order. */
const INSTRUCTION_ERRORS = [
  'GenericError',
  'InvalidArgument',
  'InvalidInstructionData',
  'InvalidAccountData',
  'AccountDataTooSmall',
  'InsufficientFunds',
  'IncorrectProgramId',
  'MissingRequiredSignature',
  'AccountAlreadyInitialized',
  'UninitializedAccount',
  'UnbalancedInstruction',
  'ModifiedProgramId',
  'ExternalAccountLamportSpend',
  'ExternalAccountDataModified',
  'ReadonlyLamportChange',
  'ReadonlyDataModified',
  'DuplicateAccountIndex',
  'ExecutableModified',
  'RentEpochModified',
  'NotEnoughAccountKeys',
  'AccountDataSizeChanged',
  'AccountNotExecutable',
  'AccountBorrowFailed',
  'AccountBorrowOutstanding',
  'DuplicateAccountOutOfSync',
  'InvalidError',
  'ExecutableDataModified',
  'ExecutableLamportChange',
  'ExecutableAccountNotRentExempt',
  'UnsupportedProgramId',
  'CallDepth',
  'MissingAccount',
  'ReentrancyNotAllowed',
  'MaxSeedLengthExceeded',
  'InvalidSeeds',
  'InvalidRealloc',
  'ComputationalBudgetExceeded',
  'PrivilegeEscalation',
  'ProgramEnvironmentSetupFailure',
  'ProgramFailedToComplete',
  'ProgramFailedToCompile',
  'Immutable',
  'IncorrectAuthority',
  'AccountNotRentExempt',
  'InvalidAccountOwner',
  'ArithmeticOverflow',
  'UnsupportedSysvar',
  'IllegalOwner',
  'MaxAccountsDataAllocationsExceeded',
  'MaxAccountsExceeded',
  'MaxInstructionTraceLengthExceeded',
  'BuiltinProgramsMustConsumeComputeUnits',
  'BorshIoError',
] as const

/** Sentences of the validator for errors that a payment can meet (solana-transaction-error, Display). */
const SENTENCES: Record<string, string> = {
  AccountNotFound: 'Attempt to debit an account but found no record of a prior credit.',
  ProgramAccountNotFound: 'Attempt to load a program that does not exist',
  InsufficientFundsForFee: 'Insufficient funds for fee',
  InvalidAccountForFee: 'This account may not be used to pay transaction fees',
  AlreadyProcessed: 'This transaction has already been processed',
  BlockhashNotFound: 'Blockhash not found',
  SignatureFailure: 'Transaction did not pass signature verification',
  SanitizeFailure: 'Transaction failed to sanitize accounts offsets correctly',
  InsufficientFunds: 'insufficient funds for instruction',
  InvalidAccountData: 'invalid account data for instruction',
  InvalidInstructionData: 'invalid instruction data',
  IncorrectProgramId: 'incorrect program id for instruction',
  MissingRequiredSignature: 'missing required signature for instruction',
  ComputationalBudgetExceeded: 'Computational budget exceeded',
  ProgramFailedToComplete: 'Program failed to complete',
  InvalidAccountOwner: 'Invalid account owner',
  IllegalOwner: 'Provided owner is not allowed',
}

/** Turns litesvm's error into the JSON that Solana's RPC gives. */
export function readTransactionError(error: NativeError): TransactionError {
  if (typeof error === 'number') return nameAt(TRANSACTION_ERRORS, error)
  if ('err' in error) return { InstructionError: [error.index, readInstructionError(error.err())] }
  if ('accountIndex' in error) {
    const variant = error.constructor.name.replace('TransactionError', '')
    return { [variant]: { account_index: error.accountIndex } }
  }
  return { DuplicateInstruction: error.index }
}

/** The validator's sentence for an error, as it stands in the message of a failed preflight. */
export function describeTransactionError(error: TransactionError): string {
  if (typeof error === 'string') return SENTENCES[error] ?? error
  const [variant, facts] = Object.entries(error)[0] ?? ['', null]
  if (variant === 'InstructionError' && Array.isArray(facts)) {
    return `Error processing Instruction ${facts[0]}: ${describeInstructionError(facts[1])}`
  }
  if (variant === 'InsufficientFundsForRent') {
    const index = Object.values(facts ?? {})[0]
    return `Transaction results in an account (${index}) with insufficient funds for rent`
  }
  return variant
}

type NativeInstructionError = number | { code: number } | { msg: string }

function readInstructionError(error: NativeInstructionError): TransactionError {
  if (typeof error === 'number') return nameAt(INSTRUCTION_ERRORS, error)
  return 'code' in error ? { Custom: error.code } : 'BorshIoError'
}

function describeInstructionError(error: unknown): string {
  if (typeof error === 'string') return SENTENCES[error] ?? error
  const code = Object.values(error ?? {})[0]
  return `custom program error: 0x${Number(code).toString(16)}`
}

function nameAt(names: readonly string[], index: number): string {
  const name = names[index]
  if (name === undefined) throw new Error(`litesvm gave an unknown error number: ${index}`)
  return name
}
