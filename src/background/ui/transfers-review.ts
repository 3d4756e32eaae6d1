import { formatAtomic, parseAtomic } from '../../domain/amount.ts'
import { SOLANA } from '../../domain/network.ts'
import { assetWords } from '../views/transfer-view.ts'
import type { UiHandler } from './handler.ts'

/** Every figure of a transfer before it is signed; good for a minute. */
export const transfersReview: UiHandler<'transfers.review'> = async ({ transfers }, params) => {
  const given = params.request
  const request =
    given.kind === 'allowance'
      ? { ...given, amount: parseAtomic(given.amount) }
      : { ...given, amount: given.amount === 'all' ? ('all' as const) : parseAtomic(given.amount) }
  const review = await transfers.review(request)
  const { network } = review.figures.request
  const onSolana = network === SOLANA
  return {
    reviewId: review.id,
    kind: given.kind,
    network,
    asset: given.asset,
    ...assetWords(network, given.asset),
    from: review.figures.from,
    to: review.to,
    amount: formatAtomic(review.figures.amount),
    maxFee: formatAtomic(review.figures.maxFee),
    feeSymbol: onSolana ? 'SOL' : 'ETH',
    feeDecimals: onSolana ? 9 : 18,
    missingFee: review.figures.missingFee === null ? null : formatAtomic(review.figures.missingFee),
    createsAccount: review.figures.createsAccount,
    warnings: review.warnings,
    goodUntilMs: review.goodUntilMs,
  }
}
