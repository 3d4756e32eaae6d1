import { formatAtomic } from '../../domain/amount.ts'
import type { UiHandler } from './handler.ts'

/** What speeding a transfer up, or cancelling it, costs at most; good for a minute. */
export const transfersReviewReplacement: UiHandler<'transfers.reviewReplacement'> = async (
  { transfers },
  { transferId, does },
) => {
  const { id, figures, goodUntilMs } = await transfers.reviewReplacement(transferId, does)
  return {
    ...{ reviewId: id, does, network: figures.network, from: figures.from, goodUntilMs },
    ...{ feeSymbol: 'ETH', feeDecimals: 18 },
    maxFee: formatAtomic(figures.maxFee),
    missingFee: figures.missingFee === null ? null : formatAtomic(figures.missingFee),
  }
}
