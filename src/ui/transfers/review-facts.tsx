import { add, parseAtomic } from '../../domain/amount.ts'
import type { TransferReviewView } from '../../protocol/ui-views.ts'
import { Address } from '../components/address.tsx'
import { FactList } from '../components/fact-list.tsx'
import { networkName } from '../format/network-name.ts'
import { t } from '../words.ts'
import { UnitAmount } from './unit-amount.tsx'

/** Every figure that will be signed. */
export function ReviewFacts({ review }: { review: TransferReviewView }) {
  const { network, asset, kind } = review
  const isCoin = asset === 'native'
  const total = isCoin ? add(parseAtomic(review.amount), parseAtomic(review.maxFee)).toString() : null
  const amount = <UnitAmount amount={review.amount} network={network} asset={asset} full />
  return (
    <FactList
      facts={[
        { name: kind === 'send' ? t('send.amount') : t('send.allowance'), value: amount },
        {
          name: kind === 'send' ? t('send.to') : t('send.spender'),
          value: <Address address={review.to} name={kind === 'send' ? t('send.to') : t('send.spender')} />,
          note: kind === 'send' ? null : t('send.spenderMeans'),
        },
        { name: t('send.network'), value: networkName(network) },
        {
          name: t('send.maxFee'),
          value: <UnitAmount amount={review.maxFee} network={network} asset="native" rounding="up" />,
          note: review.createsAccount ? t('send.createsAccount') : null,
        },
        total === null
          ? null
          : {
              name: t('send.inAll'),
              value: <UnitAmount amount={total} network={network} asset="native" rounding="up" />,
            },
      ]}
    />
  )
}
