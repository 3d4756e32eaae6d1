/** The browser, for the side panel: beside a page, or in a tab that names the page's tab (`sidepanel.html?tab=7`). */
import { browser } from 'wxt/browser'
import type { PanelHost } from '../../src/ui/sidepanel/panel-host.ts'
import { createShell } from '../popup/shell.ts'

export async function createPanelHost(): Promise<PanelHost> {
  const own = await browser.tabs.getCurrent()
  const named = Number(new URLSearchParams(location.search).get('tab'))
  const beside = async () => {
    if (own) return Number.isSafeInteger(named) && named > 0 ? named : null
    const [tab] = await browser.tabs.query({ active: true, currentWindow: true })
    return tab?.id ?? null
  }
  const openInTab = async () => {
    const tabId = await beside()
    const query = tabId === null ? '' : `?tab=${tabId}`
    await browser.tabs.create({ url: `${location.origin}/sidepanel.html${query}${location.hash}` })
  }
  return {
    ...createShell(),
    pageTab: beside,
    windowId: async () => (own ? null : ((await browser.windows.getCurrent()).id ?? null)),
    reloadTab: (tabId) => browser.tabs.reload(tabId),
    openInTab: own ? null : () => void openInTab(),
    isOnline: () => navigator.onLine,
    onOnlineChange(listener) {
      addEventListener('online', listener)
      addEventListener('offline', listener)
      return () => {
        removeEventListener('online', listener)
        removeEventListener('offline', listener)
      }
    },
  }
}
