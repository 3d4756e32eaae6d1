import { ChartColumn, Globe, History, House, Settings } from 'lucide-preact'
import type { ComponentType } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { lazyScreen } from '../app/lazy-screen.tsx'
import { type Route, routeTo, useRoute } from '../app/use-route.ts'
import { Nav } from '../components/nav.tsx'
import { HomeScreen } from '../home/home-screen.tsx'
import { t } from '../words.ts'
import './popup.css'

interface ScreenProps {
  readonly route: Route
}

const SCREENS: Readonly<Record<string, ComponentType<ScreenProps>>> = {
  sites: lazyScreen(async () => (await import('../sites/sites-route.tsx')).SitesRoute),
  history: lazyScreen(async () => (await import('../history/history-route.tsx')).HistoryRoute),
  insights: lazyScreen(async () => (await import('../insights/insights-screen.tsx')).InsightsScreen),
  wallet: lazyScreen(async () => (await import('../transfers/wallet-screen.tsx')).WalletScreen),
  opg: lazyScreen(async () => (await import('../opg/opg-screen.tsx')).OpgScreen),
  settings: lazyScreen(async () => (await import('../settings/settings-screen.tsx')).SettingsScreen),
}

/** The popup, and the dashboard when it is opened in a tab: one place at a time, five places to go. */
export function Popup() {
  const route = useRoute()
  const [place = ''] = route
  const Screen = SCREENS[place]
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  const path = route.join('/')
  useEffect(() => {
    // Going somewhere puts the reader at the start of the new place; the first paint leaves the focus alone.
    if (!first.current) main.current?.focus()
    main.current?.scrollTo(0, 0)
    first.current = false
  }, [path])
  return (
    <div class="popup">
      <main class="popup-main" ref={main} tabIndex={-1}>
        {Screen ? <Screen route={route.slice(1)} /> : <HomeScreen />}
      </main>
      <Nav label={t('nav.label')} items={navItems(place)} />
    </div>
  )
}

function navItems(place: string) {
  const current = SCREENS[place] ? place : ''
  return [
    {
      href: '#/',
      label: t('nav.home'),
      icon: House,
      current: current === '' || current === 'wallet' || current === 'opg',
    },
    { href: routeTo('sites'), label: t('nav.sites'), icon: Globe, current: current === 'sites' },
    { href: routeTo('history'), label: t('nav.history'), icon: History, current: current === 'history' },
    {
      href: routeTo('insights'),
      label: t('nav.insights'),
      icon: ChartColumn,
      current: current === 'insights',
    },
    { href: routeTo('settings'), label: t('nav.settings'), icon: Settings, current: current === 'settings' },
  ]
}
