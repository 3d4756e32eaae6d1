import type { Address, EncodedAccount } from '@solana/kit'
import { createAccountHistory } from './account-history.ts'
import { type Blockhashes, createBlockhashes } from './blockhashes.ts'
import { createLandedTransactions, type LandedTransaction, type TokenBalance } from './landed-transactions.ts'
import { createSlotClock, type SlotClock } from './slot-clock.ts'
import { createSvmRunner, type Simulation, type SvmRunner } from './svm-runner.ts'
import { readMint, readTokenAccount, TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from './token-program.ts'
import type { TransactionError } from './transaction-error.ts'
import { isWritable, type ReadTransaction, transactionFee } from './transaction-reader.ts'

/** Accounts, blocks and transactions of one local chain, without any wire format. */
export interface SolanaLedger {
  readonly clock: SlotClock
  readonly blockhashes: Blockhashes
  /** The account as of a slot, or null where there is none. */
  account(address: Address, slot: number): EncodedAccount | null
  /** Token accounts of both token programs that exist as of a slot. */
  tokenAccounts(slot: number): EncodedAccount[]
  /** Writes an account; it counts at once at every commitment. */
  setAccount(account: EncodedAccount): void
  /** Lamports that an account of this size needs to stay. */
  rentExemption(bytes: number): bigint
  /** Whether the signatures of a transaction are complete and right. */
  isSigned(read: ReadTransaction): boolean
  /**
   * Runs a transaction against the newest state, without looking at signatures, and changes nothing.
   * Its blockhash must be good at `atSlot`; null leaves the blockhash out of it.
   */
  simulate(read: ReadTransaction, atSlot: number | null): Simulation
  /** Runs a transaction in the newest block. Null where it cannot land at all and is dropped. */
  submit(read: ReadTransaction): LandedTransaction | null
  /** A transaction that landed. */
  transaction(signature: string): LandedTransaction | undefined
  /** Transactions that name an account, oldest first. */
  transactionsOf(address: Address): readonly LandedTransaction[]
}

/** Starts an empty chain with the token programs on it. */
export function createSolanaLedger(clock: SlotClock = createSlotClock()): SolanaLedger {
  const svm = createSvmRunner()
  const blockhashes = createBlockhashes(clock)
  const history = createAccountHistory()
  const landed = createLandedTransactions()

  const account = (address: Address, slot: number): EncodedAccount | null => {
    const past = history.at(address, slot)
    return past === undefined ? svm.account(address) : past
  }

  const tick = (): number => {
    const slot = clock.slot()
    svm.setSlot(slot, clock)
    history.prune(clock.slot('finalized'))
    return slot
  }

  const refusal = (read: ReadTransaction, atSlot: number): TransactionError | null => {
    if (landed.hasMessage(read)) return 'AlreadyProcessed'
    return blockhashes.isValid(read.message.blockhash, clock.blockHeight(atSlot)) ? null : 'BlockhashNotFound'
  }

  return {
    clock,
    blockhashes,
    account,
    tokenAccounts(slot) {
      const present = [TOKEN_PROGRAM, TOKEN_2022_PROGRAM].flatMap((program) => svm.programAccounts(program))
      const addresses = new Set([...present.map((found) => found.address), ...history.changed()])
      return [...addresses]
        .map((address) => account(address, slot))
        .filter((found) => found !== null)
        .filter((found) => readTokenAccount(found) !== null)
    },
    setAccount(written) {
      history.forget(written.address)
      svm.setAccount(written)
    },
    rentExemption: svm.rentExemption,
    isSigned: svm.isSigned,
    simulate(read, atSlot) {
      tick()
      const error = atSlot === null ? null : refusal(read, atSlot)
      return error === null
        ? svm.simulate(read)
        : { error, logs: [], unitsConsumed: 0n, inner: [], accounts: [] }
    },
    submit(read) {
      const slot = tick()
      if (!svm.isSigned(read) || refusal(read, slot) !== null) return null
      const entry = land(svm, read, slot)
      if (entry === null) return null
      for (const [address, before] of entry.written) history.note(slot, address, before)
      landed.add(entry.landed)
      return entry.landed
    },
    transaction: landed.bySignature,
    transactionsOf: landed.byAccount,
  }
}

interface Landing {
  landed: LandedTransaction
  /** What the accounts that it may write held before. */
  written: (readonly [Address, EncodedAccount | null])[]
}

/** Runs a transaction for good. Null where not even its fee could be taken, so that no block holds it. */
function land(svm: SvmRunner, read: ReadTransaction, slot: number): Landing | null {
  const { accounts } = read.message
  const before = { lamports: lamportsOf(svm, accounts), tokens: tokenBalancesOf(svm, accounts) }
  const written = accounts
    .filter((_, index) => isWritable(read.message, index))
    .map((address) => [address, svm.account(address)] as const)
  const execution = svm.send(read)
  const after = { lamports: lamportsOf(svm, accounts), tokens: tokenBalancesOf(svm, accounts) }
  if (execution.error !== null && after.lamports[0] === before.lamports[0]) return null
  const landed = {
    ...execution,
    read,
    slot,
    fee: transactionFee(read.message),
    lamports: { before: before.lamports, after: after.lamports },
    tokens: { before: before.tokens, after: after.tokens },
  }
  return { landed, written }
}

function lamportsOf(svm: SvmRunner, accounts: readonly Address[]): bigint[] {
  return accounts.map((address) => svm.account(address)?.lamports ?? 0n)
}

function tokenBalancesOf(svm: SvmRunner, accounts: readonly Address[]): TokenBalance[] {
  return accounts.flatMap((address, accountIndex) => {
    const found = svm.account(address)
    const held = found === null ? null : readTokenAccount(found)
    if (found === null || held === null) return []
    const mint = svm.account(held.mint)
    const decimals = mint === null ? 0 : (readMint(mint)?.decimals ?? 0)
    const { owner, amount } = held
    return [{ accountIndex, mint: held.mint, owner, program: found.programAddress, amount, decimals }]
  })
}
