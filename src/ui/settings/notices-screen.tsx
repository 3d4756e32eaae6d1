import { Screen } from '../app/screen.tsx'
import { Switch } from '../components/switch.tsx'
import { t } from '../words.ts'
import { WithSettings } from './with-settings.tsx'

/** What the browser may notify about. */
export function NoticesScreen({ back }: { back: string }) {
  return (
    <Screen title={t('notices.title')} back={back}>
      <p class="soft">{t('notices.means')}</p>
      <WithSettings>
        {({ notifications }, change) => {
          const flip = (part: Partial<typeof notifications>) =>
            void change((now) => ({ ...now, notifications: { ...now.notifications, ...part } }))
          return (
            <div class="card">
              <Switch
                label={t('notices.budget80')}
                hint={t('notices.budget80Hint')}
                on={notifications.budget80}
                onChange={(budget80) => flip({ budget80 })}
              />
              <Switch
                label={t('notices.gateway')}
                hint={t('notices.gatewayHint')}
                on={notifications.gatewayFailing}
                onChange={(gatewayFailing) => flip({ gatewayFailing })}
              />
              <Switch
                label={t('notices.late')}
                hint={t('notices.lateHint')}
                on={notifications.confirmedLate}
                onChange={(confirmedLate) => flip({ confirmedLate })}
              />
            </div>
          )
        }}
      </WithSettings>
    </Screen>
  )
}
