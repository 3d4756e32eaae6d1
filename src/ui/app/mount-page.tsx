import { type ComponentChildren, render } from 'preact'
import '../styles/base.css'
import type { UiClient } from '../../protocol/ui-client.ts'
import { t } from '../words.ts'
import { AppProvider } from './app.tsx'
import type { Shell } from './shell.ts'
import { applyTheme, paintRememberedTheme } from './theme.ts'

/** Puts a screen on one of our pages, in the person's theme and in the language of the words. */
export function mountPage(client: UiClient, shell: Shell, screen: ComponentChildren): void {
  const html = document.documentElement
  html.lang = t('extension.language')
  html.dir = t('extension.direction')
  html.dataset.surface = shell.surface
  paintRememberedTheme()
  const root = document.getElementById('root')
  if (!root) throw new Error('The page has no place for a screen')
  render(
    <AppProvider client={client} shell={shell}>
      {screen}
    </AppProvider>,
    root,
  )
  const readTheme = () => {
    client.call('settings.get', {}).then(
      (settings) => applyTheme(settings.theme),
      () => undefined,
    )
  }
  client.onEvent((event) => event.topic === 'settings' && readTheme())
  // After the first paint: what it showed was remembered from last time.
  setTimeout(readTheme, 500)
}
