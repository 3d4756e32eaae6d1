/** The few instructions that a transfer is made of, byte by byte as their programs read them. */
import {
  AccountRole,
  type Address,
  getStructEncoder,
  getU8Encoder,
  getU32Encoder,
  getU64Encoder,
  type Instruction,
} from '@solana/kit'
import {
  ASSOCIATED_TOKEN_PROGRAM,
  COMPUTE_BUDGET_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
} from './programs.ts'

/** ComputeBudget::SetComputeUnitLimit (2). */
export function setComputeUnitLimit(units: number): Instruction {
  const encoder = getStructEncoder([
    ['kind', getU8Encoder()],
    ['units', getU32Encoder()],
  ])
  return { programAddress: COMPUTE_BUDGET_PROGRAM, accounts: [], data: encoder.encode({ kind: 2, units }) }
}

/** ComputeBudget::SetComputeUnitPrice (3), in millionths of a lamport per unit. */
export function setComputeUnitPrice(microLamports: bigint): Instruction {
  const encoder = getStructEncoder([
    ['kind', getU8Encoder()],
    ['microLamports', getU64Encoder()],
  ])
  return {
    programAddress: COMPUTE_BUDGET_PROGRAM,
    accounts: [],
    data: encoder.encode({ kind: 3, microLamports }),
  }
}

/** System::Transfer (2). */
export function transferLamports(transfer: {
  readonly from: Address
  readonly to: Address
  readonly lamports: bigint
}): Instruction {
  const encoder = getStructEncoder([
    ['kind', getU32Encoder()],
    ['lamports', getU64Encoder()],
  ])
  return {
    programAddress: SYSTEM_PROGRAM,
    accounts: [
      { address: transfer.from, role: AccountRole.WRITABLE_SIGNER },
      { address: transfer.to, role: AccountRole.WRITABLE },
    ],
    data: encoder.encode({ kind: 2, lamports: transfer.lamports }),
  }
}

/** AssociatedTokenAccount::CreateIdempotent (1): does nothing where the account is there already. */
export function createTokenAccount(account: {
  readonly payer: Address
  readonly address: Address
  readonly owner: Address
  readonly mint: Address
}): Instruction {
  return {
    programAddress: ASSOCIATED_TOKEN_PROGRAM,
    accounts: [
      { address: account.payer, role: AccountRole.WRITABLE_SIGNER },
      { address: account.address, role: AccountRole.WRITABLE },
      { address: account.owner, role: AccountRole.READONLY },
      { address: account.mint, role: AccountRole.READONLY },
      { address: SYSTEM_PROGRAM, role: AccountRole.READONLY },
      { address: TOKEN_PROGRAM, role: AccountRole.READONLY },
    ],
    data: getU8Encoder().encode(1),
  }
}

/** SPL Token's TransferChecked (12): the mint and its decimals are checked by the program. */
export function transferChecked(transfer: {
  readonly source: Address
  readonly mint: Address
  readonly destination: Address
  readonly authority: Address
  readonly amount: bigint
  readonly decimals: number
}): Instruction {
  const encoder = getStructEncoder([
    ['kind', getU8Encoder()],
    ['amount', getU64Encoder()],
    ['decimals', getU8Encoder()],
  ])
  return {
    programAddress: TOKEN_PROGRAM,
    accounts: [
      { address: transfer.source, role: AccountRole.WRITABLE },
      { address: transfer.mint, role: AccountRole.READONLY },
      { address: transfer.destination, role: AccountRole.WRITABLE },
      { address: transfer.authority, role: AccountRole.READONLY_SIGNER },
    ],
    data: encoder.encode({ kind: 12, amount: transfer.amount, decimals: transfer.decimals }),
  }
}
