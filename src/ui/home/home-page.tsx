import { Lock, PanelRight, Snowflake } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import type { GrantMode } from '../../domain/budget.ts'
import { isTestMoney } from '../../domain/currency.ts'
import type { BalanceView, HomeView, MeterView } from '../../protocol/ui-views.ts'
import { routeTo } from '../app/use-route.ts'
import { Button } from '../components/button.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { List } from '../components/list.tsx'
import { Meter } from '../components/meter.tsx'
import { currencyName } from '../format/mode-words.ts'
import { HistoryRow } from '../history/history-row.tsx'
import { DamagedWallet } from '../wallet/damaged-wallet.tsx'
import { NoWallet } from '../wallet/no-wallet.tsx'
import { UnlockForm, type UnlockFormProps } from '../wallet/unlock-form.tsx'
import { t } from '../words.ts'
import { BalanceCard } from './balance-card.tsx'
import { HomeNotices } from './home-notices.tsx'
import '../app/screen.css'
import './home.css'
import { SiteCard } from './site-card.tsx'

export interface HomePageProps {
  /** Above everything: what is shown could not be read anew. */
  readonly notice?: ComponentChildren
  readonly home: HomeView
  readonly balances: readonly BalanceView[] | null
  readonly nowMs: number
  readonly refreshing: boolean
  readonly busy: boolean
  readonly actions: HomeActions
}

export interface HomeActions {
  readonly unlock: UnlockFormProps['onUnlock']
  readonly lock: () => void
  readonly freeze: (frozen: boolean) => void
  readonly refresh: () => void
  readonly openPanel: () => void
  readonly showApproval: () => void
  readonly siteMode: (mode: GrantMode) => void
}

/** Where the money is, where it goes, and the switches that stop it. */
export function HomePage(props: HomePageProps) {
  const { home, actions } = props
  if (home.wallet.kind === 'none')
    return (
      <div class="screen">
        <NoWallet>{t('home.noWalletMeans')}</NoWallet>
      </div>
    )
  return (
    <div class="screen home">
      <HomeHead home={home} actions={actions} />
      {props.notice}
      {home.wallet.kind === 'damaged' && <DamagedWallet />}
      {home.wallet.kind === 'locked' && (
        <section class="card" aria-label={t('wallet.unlock')}>
          <UnlockForm onUnlock={actions.unlock} nowMs={props.nowMs} retryAtMs={home.wallet.retryAtMs} />
        </section>
      )}
      <HomeNotices
        home={home}
        empty={isEmpty(props.balances)}
        busy={props.busy}
        onUnfreeze={() => actions.freeze(false)}
        onShowApproval={actions.showApproval}
      />
      <BalanceCard
        balances={props.balances}
        nowMs={props.nowMs}
        refreshing={props.refreshing}
        onRefresh={actions.refresh}
      />
      <Today home={home} />
      {home.site && <SiteCard site={home.site} busy={props.busy} onMode={actions.siteMode} />}
      <Latest home={home} nowMs={props.nowMs} />
    </div>
  )
}

function HomeHead({ home, actions }: Pick<HomePageProps, 'home' | 'actions'>) {
  return (
    <header class="screen-head">
      <h1>{t('extension.name')}</h1>
      <IconButton icon={PanelRight} label={t('home.openPanel')} onClick={actions.openPanel} />
      {!home.frozen && (
        <IconButton icon={Snowflake} label={t('home.freeze')} onClick={() => actions.freeze(true)} />
      )}
      {home.wallet.kind === 'unlocked' && (
        <Button size="s" icon={Lock} onClick={actions.lock}>
          {t('wallet.lock')}
        </Button>
      )}
    </header>
  )
}

function Today({ home }: { home: HomeView }) {
  const meters = home.today.filter(isWorthAMeter)
  return (
    <section class="card stack" aria-label={t('home.today')}>
      <h2 class="soft small">{t('home.today')}</h2>
      {meters.length === 0 && <p class="soft">{t('home.nothingEnabled')}</p>}
      {meters.map((meter) => (
        <Meter key={meter.currency} meter={meter} title={currencyName(meter.currency)} />
      ))}
    </section>
  )
}

/** Test money takes up room only on days when some is spent. */
function isWorthAMeter({ currency, settled, live }: MeterView): boolean {
  return !isTestMoney(currency) || settled !== '0' || live !== '0'
}

function Latest({ home, nowMs }: { home: HomeView; nowMs: number }) {
  return (
    <section class="card home-latest" aria-label={t('home.latest')}>
      <div class="row-spread">
        <h2 class="soft small">{t('home.latest')}</h2>
        {home.latest.length > 0 && (
          <a class="small" href={routeTo('history')}>
            {t('home.allHistory')}
          </a>
        )}
      </div>
      {home.latest.length === 0 ? (
        <p class="soft">{t('home.noPayments')}</p>
      ) : (
        <List label={t('home.latest')}>
          {home.latest.map((row) => (
            <HistoryRow key={row.id} row={row} nowMs={nowMs} />
          ))}
        </List>
      )}
    </section>
  )
}

/** Every balance was read, and there is nothing in any of them. */
function isEmpty(balances: readonly BalanceView[] | null): boolean {
  const money = balances?.filter(({ currency }) => currency !== null) ?? []
  return money.length > 0 && money.every(({ amount }) => amount === '0')
}
