import {
  type Address,
  appendTransactionMessageInstructions,
  type Blockhash,
  compileTransaction,
  createTransactionMessage,
  getTransactionEncoder,
  type Instruction,
  pipe,
  setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
} from '@solana/kit'
import { decimalsOf } from '../../domain/currency.ts'
import {
  createTokenAccount,
  setComputeUnitLimit,
  setComputeUnitPrice,
  transferChecked,
  transferLamports,
} from './instructions.ts'
import { SIGNATURE_FEE } from './programs.ts'
import type { Blockhash as ReadBlockhash } from './solana-reads.ts'
import { findTokenAccount } from './token-account.ts'

export interface SolanaTransfer {
  readonly from: string
  readonly to: string
  /** The mint, or 'native'. */
  readonly asset: string
  readonly amount: bigint
  readonly createsAccount: boolean
}

/**
 * Compute units that are paid for. Creating a token account took 13,000–30,000 (the search for its address varies),
 * TransferChecked 6,200, a lamport transfer 150, each budget instruction 150.
 */
const UNITS = { native: 1_000, token: 20_000, create: 80_000 } as const
/** Millionths of a lamport per unit: a place in a block at usual load, for at most 0.000004 SOL. */
const UNIT_PRICE = 50_000n

/** Exact fee in lamports: one signature, and the price of the compute units asked for. */
export function solanaFee(transfer: Pick<SolanaTransfer, 'asset' | 'createsAccount'>): bigint {
  return SIGNATURE_FEE + (BigInt(unitsOf(transfer)) * UNIT_PRICE + 999_999n) / 1_000_000n
}

/** Wire bytes of the transaction, version 0, with empty signatures. The same transfer and blockhash give the same bytes. */
export async function buildSolanaTransfer(
  transfer: SolanaTransfer,
  lifetime: ReadBlockhash,
): Promise<Uint8Array> {
  const instructions = await instructionsOf(transfer)
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (empty) => setTransactionMessageFeePayer(transfer.from as Address, empty),
    (paid) =>
      setTransactionMessageLifetimeUsingBlockhash(
        {
          blockhash: lifetime.blockhash as Blockhash,
          lastValidBlockHeight: BigInt(lifetime.lastValidBlockHeight),
        },
        paid,
      ),
    (dated) =>
      appendTransactionMessageInstructions(
        [setComputeUnitLimit(unitsOf(transfer)), setComputeUnitPrice(UNIT_PRICE), ...instructions],
        dated,
      ),
  )
  return Uint8Array.from(getTransactionEncoder().encode(compileTransaction(message)))
}

function unitsOf(transfer: Pick<SolanaTransfer, 'asset' | 'createsAccount'>): number {
  if (transfer.asset === 'native') return UNITS.native
  return transfer.createsAccount ? UNITS.create : UNITS.token
}

async function instructionsOf(transfer: SolanaTransfer): Promise<readonly Instruction[]> {
  const from = transfer.from as Address
  const to = transfer.to as Address
  if (transfer.asset === 'native') return [transferLamports({ from, to, lamports: transfer.amount })]
  const mint = transfer.asset as Address
  const source = await findTokenAccount(from, mint)
  const destination = await findTokenAccount(to, mint)
  const move = transferChecked({
    source,
    mint,
    destination,
    authority: from,
    amount: transfer.amount,
    decimals: decimalsOf('USDC'),
  })
  return transfer.createsAccount
    ? [createTokenAccount({ payer: from, address: destination, owner: to, mint }), move]
    : [move]
}
