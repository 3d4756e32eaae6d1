import { useApp } from '../app/app.tsx'
import { Screen } from '../app/screen.tsx'
import { routeTo } from '../app/use-route.ts'
import { t } from '../words.ts'
import { GatewayNew } from './gateway-new.tsx'
import { InATab } from './in-a-tab.tsx'

/** Adding a service: its address, its offer, its name. In a tab, as the browser asks for access to its host. */
export function GatewayNewScreen({ back }: { back: string }) {
  const { shell } = useApp()
  return (
    <Screen title={t('gateways.add')} back={back}>
      {shell.surface === 'popup' ? (
        <InATab path={routeTo('settings', 'gateways', 'new')}>{t('gateways.inATab')}</InATab>
      ) : (
        <GatewayNew onSaved={() => (location.hash = back)} />
      )}
    </Screen>
  )
}
