import { useState } from 'preact/hooks'
import { BASE, type EvmNetwork } from '../../domain/network.ts'
import { Screen } from '../app/screen.tsx'
import type { Route } from '../app/use-route.ts'
import { Notice } from '../components/notice.tsx'
import { Tabs } from '../components/tabs.tsx'
import { networkShort } from '../format/network-name.ts'
import { WithWallet } from '../transfers/with-wallet.tsx'
import { t } from '../words.ts'
import { OPG_NETWORKS, opgPlace } from './opg-network.ts'
import { OpgPanel } from './opg-panel.tsx'

/** Paying OpenGradient: everything about it on one screen, Base and Base Sepolia apart. */
export function OpgScreen({ route: [wanted] }: { route: Route }) {
  const [network, setNetwork] = useState<EvmNetwork>(OPG_NETWORKS.find((one) => one === wanted) ?? BASE)
  return (
    <Screen title={t('opg.title')} back="#/">
      <p class="soft">{t('opg.means')}</p>
      <Tabs
        label={t('send.network')}
        value={network}
        options={OPG_NETWORKS.map((value) => ({
          value,
          label: networkShort(value),
        }))}
        onChange={setNetwork}
      />
      <WithWallet>
        {(wallet) =>
          wallet.evm === null ? (
            <Notice tone="held">{t('opg.noEvmAccount')}</Notice>
          ) : (
            <OpgPanel key={network} place={opgPlace(network)} />
          )
        }
      </WithWallet>
    </Screen>
  )
}
