import { useApp } from '../app/app.tsx'
import { Screen } from '../app/screen.tsx'
import { routeTo } from '../app/use-route.ts'
import { InATab } from '../settings/in-a-tab.tsx'
import { t } from '../words.ts'
import { Restore } from './restore.tsx'

/** Restoring, in a tab: a popup closes when the browser shows its file chooser. */
export function RestoreScreen({ back }: { back: string }) {
  const { shell } = useApp()
  return (
    <Screen title={t('backup.restore')} back={back}>
      {shell.surface === 'popup' ? (
        <InATab path={routeTo('settings', 'restore')}>{t('backup.inATab')}</InATab>
      ) : (
        <Restore />
      )}
    </Screen>
  )
}
