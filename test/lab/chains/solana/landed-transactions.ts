import type { Address } from '@solana/kit'
import type { Execution } from './svm-runner.ts'
import type { ReadTransaction } from './transaction-reader.ts'

/** What one token account of a transaction held, in the mint's atomic units. */
export interface TokenBalance {
  accountIndex: number
  mint: Address
  owner: Address
  program: Address
  amount: bigint
  decimals: number
}

/** A transaction in a block. One that failed is here too: it paid its fee. */
export interface LandedTransaction extends Execution {
  read: ReadTransaction
  slot: number
  /** Lamports. */
  fee: bigint
  /** Lamports of each account of the message. */
  lamports: { before: bigint[]; after: bigint[] }
  tokens: { before: TokenBalance[]; after: TokenBalance[] }
}

/** Every transaction that landed, by signature, message and account. */
export interface LandedTransactions {
  add(entry: LandedTransaction): void
  /** Whether this very message landed, under whatever signatures. */
  hasMessage(read: ReadTransaction): boolean
  bySignature(signature: string): LandedTransaction | undefined
  /** Transactions that name an account, oldest first. */
  byAccount(address: Address): readonly LandedTransaction[]
}

/** Makes an empty list. */
export function createLandedTransactions(): LandedTransactions {
  const signatures = new Map<string, LandedTransaction>()
  const messages = new Set<string>()
  const accounts = new Map<Address, LandedTransaction[]>()
  return {
    add(entry) {
      signatures.set(entry.read.signature, entry)
      messages.add(messageKey(entry.read))
      for (const address of entry.read.message.accounts) {
        const list = accounts.get(address) ?? []
        list.push(entry)
        accounts.set(address, list)
      }
    },
    hasMessage: (read) => messages.has(messageKey(read)),
    bySignature: (signature) => signatures.get(signature),
    byAccount: (address) => accounts.get(address) ?? [],
  }
}

function messageKey(read: ReadTransaction): string {
  return Buffer.from(read.transaction.messageBytes).toString('base64')
}
