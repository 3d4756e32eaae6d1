import { formatAtomic } from '../../domain/amount.ts'
import { findAsset } from '../../domain/asset.ts'
import { decimalsOf } from '../../domain/currency.ts'
import { isEvmNetwork, type PaymentNetwork, SOLANA } from '../../domain/network.ts'
import type { Transfer } from '../../domain/payment.ts'
import type { TransferView } from '../../protocol/ui-views.ts'
import { standingAttempts } from '../../transfers/decide-landing.ts'

/** How an asset is called and counted: ETH has 18 decimals, SOL 9. */
export function assetWords(
  network: PaymentNetwork,
  asset: string,
): { readonly symbol: string; readonly decimals: number } {
  const row = findAsset(network, asset)
  if (row) return { symbol: row.currency, decimals: decimalsOf(row.currency) }
  return network === SOLANA ? { symbol: 'SOL', decimals: 9 } : { symbol: 'ETH', decimals: 18 }
}

export function transferView(transfer: Transfer): TransferView {
  const { id, kind, network, asset, to, state, transaction, reason, createdAtMs, updatedAtMs } = transfer
  return {
    ...{ id, kind, network, asset, to, state, transaction, reason, createdAtMs, updatedAtMs },
    ...assetWords(network, asset),
    doing: standingAttempts(transfer)[0]?.does ?? 'transfer',
    replaceable: isEvmNetwork(network) && (state === 'signed' || state === 'sent'),
    amount: formatAtomic(transfer.amount),
    fee: transfer.fee === null ? null : formatAtomic(transfer.fee),
  }
}
