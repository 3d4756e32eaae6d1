import {
  type AccountMeta,
  AccountRole,
  type AccountSignerMeta,
  type Address,
  address,
  appendTransactionMessageInstructions,
  type Blockhash,
  blockhash,
  createTransactionMessage,
  getBase64EncodedWireTransaction,
  getSignatureFromTransaction,
  getU64Encoder,
  type Instruction,
  type KeyPairSigner,
  pipe,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
} from '@solana/kit'
import { ASSOCIATED_TOKEN_PROGRAM, findTokenAddress, SYSTEM_PROGRAM, TOKEN_PROGRAM } from './token-program.ts'

/** What a test transfer says. Amounts are in the mint's atomic units. */
export interface TokenTransfer {
  from: KeyPairSigner
  /** Owner of the token account that receives. */
  to: string
  mint: string
  amount: bigint
  decimals: number
  blockhash: string
  memo?: string
  /** Whether the recipient's token account is created first, at the sender's cost. */
  createsAccount?: boolean
}

type SignedInstruction = Instruction<string, readonly (AccountMeta | AccountSignerMeta)[]>

/** A signed transaction with its id. */
export interface SignedTransfer {
  signature: string
  /** Base64 wire form. */
  wire: ReturnType<typeof getBase64EncodedWireTransaction>
}

const MEMO_PROGRAM = address('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr')

/** Discriminator of CreateIdempotent (spl-associated-token-account, instruction.rs). */
const CREATE_IDEMPOTENT = 1

/** Discriminator of TransferChecked (spl-token, instruction.rs). */
const TRANSFER_CHECKED = 12

/** Builds and signs an SPL `TransferChecked`, with a memo where one is given; the sender pays the fee. */
export async function makeTokenTransfer(transfer: TokenTransfer): Promise<SignedTransfer> {
  const mint = address(transfer.mint)
  const source = await findTokenAddress(transfer.from.address, mint)
  const destination = await findTokenAddress(address(transfer.to), mint)
  const instructions: SignedInstruction[] = []
  if (transfer.createsAccount) instructions.push(createAccount(transfer, { mint, destination }))
  instructions.push(transferChecked(transfer, { mint, source, destination }))
  if (transfer.memo !== undefined) {
    instructions.push({ programAddress: MEMO_PROGRAM, data: new TextEncoder().encode(transfer.memo) })
  }
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (empty) => setTransactionMessageFeePayerSigner(transfer.from, empty),
    (paid) => setTransactionMessageLifetimeUsingBlockhash(lifetime(transfer.blockhash), paid),
    (alive) => appendTransactionMessageInstructions(instructions, alive),
  )
  const signed = await signTransactionMessageWithSigners(message)
  return { signature: getSignatureFromTransaction(signed), wire: getBase64EncodedWireTransaction(signed) }
}

function createAccount(
  transfer: TokenTransfer,
  accounts: { mint: Address; destination: Address },
): SignedInstruction {
  return {
    programAddress: ASSOCIATED_TOKEN_PROGRAM,
    accounts: [
      { address: transfer.from.address, role: AccountRole.WRITABLE_SIGNER, signer: transfer.from },
      { address: accounts.destination, role: AccountRole.WRITABLE },
      { address: address(transfer.to), role: AccountRole.READONLY },
      { address: accounts.mint, role: AccountRole.READONLY },
      { address: SYSTEM_PROGRAM, role: AccountRole.READONLY },
      { address: TOKEN_PROGRAM, role: AccountRole.READONLY },
    ],
    data: new Uint8Array([CREATE_IDEMPOTENT]),
  }
}

function transferChecked(
  transfer: TokenTransfer,
  accounts: { mint: Address; source: Address; destination: Address },
): SignedInstruction {
  const data = new Uint8Array(10)
  data[0] = TRANSFER_CHECKED
  data.set(getU64Encoder().encode(transfer.amount), 1)
  data[9] = transfer.decimals
  return {
    programAddress: TOKEN_PROGRAM,
    accounts: [
      { address: accounts.source, role: AccountRole.WRITABLE },
      { address: accounts.mint, role: AccountRole.READONLY },
      { address: accounts.destination, role: AccountRole.WRITABLE },
      { address: transfer.from.address, role: AccountRole.READONLY_SIGNER, signer: transfer.from },
    ],
    data,
  }
}

function lifetime(hash: string): { blockhash: Blockhash; lastValidBlockHeight: bigint } {
  return { blockhash: blockhash(hash), lastValidBlockHeight: 2n ** 63n }
}
