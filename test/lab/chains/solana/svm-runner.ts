import type { Address, EncodedAccount } from '@solana/kit'
import { Clock, FailedTransactionMetadata, LiteSVM, type TransactionMetadata } from 'litesvm'
import type { SlotClock } from './slot-clock.ts'
import { readTransactionError, type TransactionError } from './transaction-error.ts'
import type { ReadInstruction, ReadTransaction } from './transaction-reader.ts'

/** What running a transaction gave. */
export interface Execution {
  error: TransactionError | null
  logs: string[]
  unitsConsumed: bigint
  /** Per instruction, the instructions that it called. */
  inner: { instruction: ReadInstruction; stackHeight: number }[][]
}

/** What a simulation gave: the accounts are those of the transaction as it would leave them. */
export interface Simulation extends Execution {
  accounts: EncodedAccount[]
}

/** The virtual machine: it runs transactions against the newest state and knows neither blocks nor blockhashes. */
export interface SvmRunner {
  account(address: Address): EncodedAccount | null
  programAccounts(program: Address): EncodedAccount[]
  setAccount(account: EncodedAccount): void
  /** Lamports that an account of this size needs to stay. */
  rentExemption(bytes: number): bigint
  /** Sets what programs see as the current slot and time. */
  setSlot(slot: number, clock: SlotClock): void
  /** Whether the signatures of a transaction are complete and right. */
  isSigned(read: ReadTransaction): boolean
  /** Runs without looking at signatures, and changes nothing. */
  simulate(read: ReadTransaction): Simulation
  /** Runs for good. */
  send(read: ReadTransaction): Execution
}

/** Starts a machine with the programs that mainnet has. */
export function createSvmRunner(): SvmRunner {
  const svm = new LiteSVM().withBlockhashCheck(false).withTransactionHistory(0n)
  return {
    account(address) {
      const found = svm.getAccount(address)
      return found.exists && found.lamports > 0n ? found : null
    },
    programAccounts: (program) => svm.getProgramAccounts(program),
    setAccount: (account) => svm.setAccount(account),
    rentExemption: (bytes) => svm.minimumBalanceForRentExemption(BigInt(bytes)),
    setSlot(slot, clock) {
      const epoch = BigInt(clock.epoch(slot))
      const seconds = BigInt(clock.blockTime(slot))
      svm.setClock(new Clock(BigInt(slot), seconds, epoch, epoch + 1n, seconds))
    },
    isSigned({ transaction }) {
      if (Object.values(transaction.signatures).some((bytes) => bytes === null)) return false
      const result = svm.simulateTransaction(transaction)
      if (!(result instanceof FailedTransactionMetadata)) return true
      return readTransactionError(result.err()) !== 'SignatureFailure'
    },
    simulate({ transaction }) {
      try {
        svm.withSigverify(false)
        const result = svm.simulateTransaction(transaction)
        return result instanceof FailedTransactionMetadata
          ? { ...readFailure(result), accounts: [] }
          : { ...readMeta(result.meta()), error: null, accounts: result.postAccounts() }
      } finally {
        svm.withSigverify(true)
      }
    },
    send({ transaction }) {
      const result = svm.sendTransaction(transaction)
      return result instanceof FailedTransactionMetadata
        ? readFailure(result)
        : { ...readMeta(result), error: null }
    },
  }
}

function readFailure(result: FailedTransactionMetadata): Execution {
  return { ...readMeta(result.meta()), error: readTransactionError(result.err()) }
}

function readMeta(meta: TransactionMetadata): Omit<Execution, 'error'> {
  return {
    logs: meta.logs(),
    unitsConsumed: meta.computeUnitsConsumed(),
    inner: meta.innerInstructions().map((list) =>
      list.map((called) => ({
        stackHeight: called.stackHeight(),
        instruction: {
          programIndex: called.instruction().programIdIndex(),
          accounts: [...called.instruction().accounts()],
          data: called.instruction().data(),
        },
      })),
    ),
  }
}
