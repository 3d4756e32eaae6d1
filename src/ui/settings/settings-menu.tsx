import type { Settings } from '../../protocol/settings.ts'
import { Screen, Section } from '../app/screen.tsx'
import { applyTheme, type Theme } from '../app/theme.ts'
import { routeTo } from '../app/use-route.ts'
import { ChoiceGroup } from '../components/choice-group.tsx'
import { List, ListRow } from '../components/list.tsx'
import { networkName } from '../format/network-name.ts'
import { t, tCount } from '../words.ts'
import { type ChangeSettings, WithSettings } from './with-settings.tsx'
import './settings.css'

const THEMES: readonly Theme[] = ['system', 'light', 'dark']

/** Every setting's place, with what it stands at. */
export function SettingsMenu() {
  return (
    <Screen title={t('settings.title')}>
      <WithSettings>{(settings, change) => <Menu settings={settings} change={change} />}</WithSettings>
    </Screen>
  )
}

function Menu({ settings, change }: { settings: Settings; change: ChangeSettings }) {
  return (
    <>
      <Places
        title={t('settings.money')}
        places={[
          ['limits', t('limits.title'), t('limits.sub')],
          ['sites', t('newSites.title'), t('newSites.sub')],
          ['opg', t('opg.title'), t('opg.sub')],
        ]}
      />
      <Places
        title={t('settings.inference')}
        places={[
          ['answers', t('answers.title'), settings.defaultModel ?? networkName(settings.networkPreference)],
          ['gateways', t('gateways.title'), t('gateways.sub')],
          ['rpc', t('rpc.title'), settings.rpc === null ? t('rpc.shipped') : t('rpc.own')],
        ]}
      />
      <Places
        title={t('settings.wallet')}
        places={[
          ['locking', t('locking.title'), tCount('locking.after', settings.idleLockMinutes)],
          ['password', t('secrets.changePassword'), null],
          ['reveal', t('secrets.reveal'), null],
          ['backup', t('backup.title'), null],
          ['reset', t('reset.title'), null],
        ]}
      />
      <Places
        title={t('settings.extension')}
        places={[
          ['notices', t('notices.title'), null],
          ['privacy', t('privacy.title'), null],
          ['about', t('about.title'), null],
        ]}
      />
      <Section title={t('settings.theme')}>
        <ChoiceGroup
          legend={t('settings.theme')}
          hideLegend
          layout="row"
          value={settings.theme}
          options={THEMES.map((value) => ({ value, label: themeName(value) }))}
          onChange={(theme) => {
            applyTheme(theme)
            void change((now) => ({ ...now, theme }))
          }}
        />
      </Section>
    </>
  )
}

interface PlacesProps {
  readonly title: string
  /** Where it is, its name, and what it stands at. */
  readonly places: readonly (readonly [string, string, string | null])[]
}

function Places({ title, places }: PlacesProps) {
  return (
    <Section title={title}>
      <div class="card settings-places">
        <List label={title}>
          {places.map(([place, name, sub]) => (
            <ListRow
              key={place}
              href={place === 'opg' ? routeTo('opg') : routeTo('settings', place)}
              main={name}
              sub={sub}
            />
          ))}
        </List>
      </div>
    </Section>
  )
}

function themeName(theme: Theme): string {
  switch (theme) {
    case 'system':
      return t('settings.themeSystem')
    case 'light':
      return t('settings.themeLight')
    case 'dark':
      return t('settings.themeDark')
  }
}
