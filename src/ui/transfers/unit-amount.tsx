import type { PaymentNetwork } from '../../domain/network.ts'
import { formatCoin } from '../format/coin.ts'
import { t } from '../words.ts'
import { unitOf } from './send-units.ts'

interface UnitAmountProps {
  /** Decimal string in atomic units. */
  readonly amount: string
  readonly network: PaymentNetwork
  /** Asset address, mint, or 'native'. */
  readonly asset: string
  /** Every digit, as it is signed; otherwise short, with the digits on hover. */
  readonly full?: boolean
  readonly rounding?: 'up' | 'down' | 'nearest'
}

/** An amount of what is moved on a chain, in the asset's own unit; test money is labelled. */
export function UnitAmount({ amount, network, asset, full = false, rounding = 'nearest' }: UnitAmountProps) {
  const unit = unitOf(network, asset)
  const words = formatCoin(amount, unit, { rounding })
  const shown = full ? words.exact : words.short
  return (
    <span class="money" title={words.exact}>
      <bdi>{shown}</bdi>
      {shown !== words.exact && (
        <span class="visually-hidden">{t('money.exactly', { amount: words.exact })}</span>
      )}
      {unit.test && (
        <>
          {' '}
          <span class="money-test">{t('money.test')}</span>
        </>
      )}
    </span>
  )
}
