import type { TransferReviewView } from '../../protocol/ui-views.ts'
import { Address } from '../components/address.tsx'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { formatCoin } from '../format/coin.ts'
import { networkName } from '../format/network-name.ts'
import { t } from '../words.ts'

interface MissingFeeProps {
  readonly review: Pick<TransferReviewView, 'network' | 'from' | 'feeSymbol' | 'feeDecimals'>
  /** In the fee coin's atomic units. */
  readonly missing: string
  readonly onAgain: () => void
}

/** The coin for the fee is missing: how much, and where it has to go. Comes before any password. */
export function MissingFee({ review, missing, onAgain }: MissingFeeProps) {
  const coin = { symbol: review.feeSymbol, decimals: review.feeDecimals }
  const network = networkName(review.network)
  const amount = formatCoin(missing, coin, { rounding: 'up' })
  return (
    <Notice
      tone="held"
      role="alert"
      title={t('send.missingFee', { amount: amount.short, network })}
      actions={
        <Button size="s" onClick={onAgain}>
          {t('send.lookAgain')}
        </Button>
      }
    >
      <p title={amount.exact}>{t('send.missingFeeNext', { coin: coin.symbol, network })}</p>
      <Address address={review.from} name={t('receive.address', { network })} />
    </Notice>
  )
}
