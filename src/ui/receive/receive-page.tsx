import { useState } from 'preact/hooks'
import { assetOf } from '../../domain/asset.ts'
import { CURRENCIES, type Currency } from '../../domain/currency.ts'
import { BASE, BASE_SEPOLIA, type PaymentNetwork, SOLANA } from '../../domain/network.ts'
import { Address } from '../components/address.tsx'
import { ChoiceGroup } from '../components/choice-group.tsx'
import { Notice } from '../components/notice.tsx'
import { QrCode } from '../components/qr-code.tsx'
import { Tabs } from '../components/tabs.tsx'
import { feeCoin, networkName, networkShort } from '../format/network-name.ts'
import { payLink } from '../format/pay-link.ts'
import { t } from '../words.ts'
import './receive.css'

type Unit = Currency | 'native'

interface ReceivePageProps {
  readonly evm: string | null
  readonly solana: string | null
  /** Whether test money is offered too. */
  readonly testNetwork?: boolean
}

/** Where money can be sent to: one network and one asset at a time, so that none is mistaken for another. */
export function ReceivePage({ evm, solana, testNetwork = false }: ReceivePageProps) {
  const networks: readonly PaymentNetwork[] = [
    ...(evm ? ([BASE] as const) : []),
    ...(solana ? ([SOLANA] as const) : []),
    ...(evm && testNetwork ? ([BASE_SEPOLIA] as const) : []),
  ]
  const [network, setNetwork] = useState<PaymentNetwork>(networks[0] ?? BASE)
  const units = unitsOn(network)
  const [wanted, setUnit] = useState<Unit>('USDC')
  const unit = units.includes(wanted) ? wanted : (units[0] ?? 'native')
  const address = network === SOLANA ? solana : evm
  if (address === null) return null
  const name = networkName(network)
  const symbol = unitSymbol(unit, network)
  return (
    <div class="receive stack">
      <Tabs
        label={t('receive.network')}
        value={network}
        options={networks.map((value) => ({ value, label: networkShort(value) }))}
        onChange={setNetwork}
      />
      <ChoiceGroup
        legend={t('receive.asset')}
        layout="row"
        value={unit}
        options={units.map((value) => ({ value, label: unitSymbol(value, network) }))}
        onChange={setUnit}
      />
      <div class="receive-code">
        <QrCode
          text={payLink(network, unit === 'native' ? null : unit, address)}
          label={t('receive.qr', { network: name })}
        />
        <div class="receive-address">
          <h2>{t('receive.address', { network: name })}</h2>
          <Address address={address} name={t('receive.address', { network: name })} />
        </div>
      </div>
      <Notice tone="held">{t('receive.only', { asset: symbol, network: name })}</Notice>
    </div>
  )
}

function unitsOn(network: PaymentNetwork): readonly Unit[] {
  return [...CURRENCIES.filter((currency) => assetOf(currency, network)), 'native']
}

function unitSymbol(unit: Unit, network: PaymentNetwork): string {
  if (unit === 'native') return feeCoin(network).symbol
  if (unit === 'tUSDC') return t('receive.testUsdc')
  if (unit === 'tOPG') return t('receive.testOpg')
  return unit
}
