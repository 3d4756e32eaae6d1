import { type AtomicAmount, toAtomic } from '../../domain/amount.ts'
import type { Endpoint } from '../rpc/endpoint-pool.ts'
import { readAccounts } from './solana-reads.ts'
import { findTokenAccount, readTokenAmount } from './token-account.ts'

/** Balances of one owner at one slot, in the order asked; `assets` are mints or 'native'. Throws RpcError. */
export async function readSolanaBalances(
  endpoint: Endpoint,
  owner: string,
  assets: readonly string[],
): Promise<readonly AtomicAmount[]> {
  const places = await Promise.all(
    assets.map((asset) => (asset === 'native' ? owner : findTokenAccount(owner, asset))),
  )
  const accounts = await readAccounts(endpoint, places)
  return assets.map((asset, index) => {
    const account = accounts[index] ?? null
    return asset === 'native'
      ? toAtomic(account?.lamports ?? 0n)
      : readTokenAmount(account, { owner, mint: asset })
  })
}
