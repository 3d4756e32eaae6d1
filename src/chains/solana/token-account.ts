import { type Address, getAddressDecoder, getAddressEncoder, getProgramDerivedAddress } from '@solana/kit'
import { type AtomicAmount, toAtomic } from '../../domain/amount.ts'
import { RpcError } from '../rpc/rpc-error.ts'
import { ASSOCIATED_TOKEN_PROGRAM, TOKEN_PROGRAM } from './programs.ts'
import type { Account } from './solana-reads.ts'

/** Layout of spl-token's state.rs: mint, owner, amount u64, …; 165 bytes. */
const TOKEN_ACCOUNT_BYTES = 165
const AMOUNT_OFFSET = 64

/** The associated token account of an owner for a mint of SPL Token. */
export async function findTokenAccount(owner: string, mint: string): Promise<Address> {
  const encoder = getAddressEncoder()
  const [found] = await getProgramDerivedAddress({
    programAddress: ASSOCIATED_TOKEN_PROGRAM,
    seeds: [owner as Address, TOKEN_PROGRAM, mint as Address].map((part) => encoder.encode(part)),
  })
  return found
}

/** What a token account holds. An account that does not exist holds nothing; one that is another's is malformed. */
export function readTokenAmount(
  account: Account | null,
  expected: { readonly owner: string; readonly mint: string },
): AtomicAmount {
  if (account === null) return toAtomic(0n)
  const { data } = account
  const decoder = getAddressDecoder()
  if (
    account.owner !== TOKEN_PROGRAM ||
    data.length < TOKEN_ACCOUNT_BYTES ||
    decoder.decode(data, 0) !== expected.mint ||
    decoder.decode(data, 32) !== expected.owner
  ) {
    throw new RpcError('malformed', 0, 'token account')
  }
  return toAtomic(
    new DataView(data.buffer, data.byteOffset, data.byteLength).getBigUint64(AMOUNT_OFFSET, true),
  )
}
