/** The browser, for our own pages. */
import { browser } from 'wxt/browser'
import { ENDPOINTS } from '../../src/platform/endpoints.ts'
import { createHostAccess } from '../../src/platform/host-access.ts'
import type { Shell } from '../../src/ui/app/shell.ts'

export function createShell(): Shell {
  const hosts = createHostAccess(browser.permissions)
  const popups = browser.extension.getViews({ type: 'popup' })
  return {
    surface: popups.includes(window) ? 'popup' : 'page',
    version: browser.runtime.getManifest().version,
    async tabUrl() {
      const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true })
      return tab?.url ?? null
    },
    async openPanel() {
      const current = await browser.windows.getCurrent()
      if (current.id !== undefined) await browser.sidePanel.open({ windowId: current.id })
    },
    openPage(path) {
      void browser.tabs.create({ url: browser.runtime.getURL('/') + path })
    },
    requestHost: hosts.request,
    releaseHost: hosts.release,
    shippedRpc: ENDPOINTS.rpc,
    saveFile(name, type, parts) {
      const url = URL.createObjectURL(new Blob([...parts], { type }))
      const link = document.createElement('a')
      link.href = url
      link.download = name
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    },
    async showApproval() {
      const [tab] = await browser.tabs.query({ url: browser.runtime.getURL('/approval.html') })
      if (tab) await browser.windows.update(tab.windowId, { focused: true })
    },
    closeWindow: () => window.close(),
  }
}
