import type { Settings } from '../../protocol/settings.ts'
import { Screen } from '../app/screen.tsx'
import { Switch } from '../components/switch.tsx'
import { t } from '../words.ts'
import { NumberField } from './number-field.tsx'
import { type ChangeSettings, WithSettings } from './with-settings.tsx'

/** How long conversations are kept where the person wants an end, in days. */
const FIRST_RETENTION_DAYS = 90

/** What is kept on this computer, and what leaves it before a person sends it. */
export function PrivacyScreen({ back }: { back: string }) {
  return (
    <Screen title={t('privacy.title')} back={back}>
      <p class="soft">{t('privacy.means')}</p>
      <WithSettings>{(settings, change) => <Privacy settings={settings} change={change} />}</WithSettings>
    </Screen>
  )
}

function Privacy({ settings: { privacy }, change }: { settings: Settings; change: ChangeSettings }) {
  const set = (part: Partial<Settings['privacy']>) =>
    void change((now) => ({ ...now, privacy: { ...now.privacy, ...part } }))
  return (
    <>
      <div class="card stack-tight">
        <Switch
          label={t('privacy.prompts')}
          hint={t('privacy.promptsHint')}
          on={privacy.promptsInHistory}
          onChange={(promptsInHistory) => set({ promptsInHistory })}
        />
        {privacy.promptsInHistory && (
          <NumberField
            label={t('privacy.promptDays')}
            suffix={t('privacy.days')}
            value={privacy.promptRetentionDays}
            least={1}
            most={365}
            onChange={(promptRetentionDays) => set({ promptRetentionDays })}
          />
        )}
      </div>
      <div class="card stack-tight">
        <Switch
          label={t('privacy.conversations')}
          hint={t('privacy.conversationsHint')}
          on={privacy.keepConversations}
          onChange={(keepConversations) => set({ keepConversations })}
        />
        {privacy.keepConversations && (
          <Switch
            label={t('privacy.conversationsEnd')}
            on={privacy.conversationRetentionDays !== null}
            onChange={(on) => set({ conversationRetentionDays: on ? FIRST_RETENTION_DAYS : null })}
          />
        )}
        {privacy.keepConversations && privacy.conversationRetentionDays !== null && (
          <NumberField
            label={t('privacy.conversationDays')}
            suffix={t('privacy.days')}
            value={privacy.conversationRetentionDays}
            least={1}
            most={3650}
            onChange={(conversationRetentionDays) => set({ conversationRetentionDays })}
          />
        )}
      </div>
      <div class="card">
        <Switch
          label={t('privacy.liveQuotes')}
          hint={t('privacy.liveQuotesHint')}
          on={privacy.liveQuotes}
          onChange={(liveQuotes) => set({ liveQuotes })}
        />
      </div>
    </>
  )
}
