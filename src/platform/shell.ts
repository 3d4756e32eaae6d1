/** What the browser itself shows of us: side panel, menus, shortcuts, badge, notifications, tabs of our own pages. */
import type { PanelIntent } from '../protocol/chat-views.ts'
import { browser } from './browser.ts'

/** Context menus live across starts: made on install. */
export function onInstalled(listener: (reason: 'install' | 'update' | 'other') => void): void {
  browser.runtime.onInstalled.addListener(({ reason }) => {
    listener(reason === 'install' || reason === 'update' ? reason : 'other')
  })
}

export function onBrowserStart(listener: () => void): void {
  browser.runtime.onStartup.addListener(listener)
}

export async function makeMenus(words: { readonly ask: string; readonly summarise: string }): Promise<void> {
  await browser.contextMenus.removeAll()
  browser.contextMenus.create({ id: 'ask-selection', title: words.ask, contexts: ['selection'] })
  browser.contextMenus.create({ id: 'summarise-page', title: words.summarise, contexts: ['page'] })
}

/** Opens the panel within the very event, as the browser demands, then tells what was chosen. */
export function onMenu(listener: (choice: PanelIntent) => void): void {
  browser.contextMenus.onClicked.addListener((info, tab) => {
    const kind = info.menuItemId
    if (tab?.id === undefined || (kind !== 'ask-selection' && kind !== 'summarise-page')) return
    void browser.sidePanel.open({ tabId: tab.id })
    listener({ kind, tabId: tab.id, windowId: tab.windowId, selection: selectionOf(info, tab.title ?? '') })
  })
}

type MenuClick = Parameters<Parameters<typeof browser.contextMenus.onClicked.addListener>[0]>[0]

/** What was selected, unless it was typed into a field: that is never read. */
function selectionOf(info: MenuClick, title: string): PanelIntent['selection'] {
  if (info.editable || !info.selectionText) return null
  return {
    text: info.selectionText,
    title,
    url: info.frameUrl ?? info.pageUrl ?? '',
    inFrame: (info.frameId ?? 0) !== 0,
  }
}

export function onCommand(listener: (command: string) => void): void {
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === 'open-panel' && tab?.windowId !== undefined)
      void browser.sidePanel.open({ windowId: tab.windowId })
    else listener(command)
  })
}

/** A hint on the toolbar button of one tab: its site would ask. It goes with the page. */
export async function hintOn(tabId: number): Promise<void> {
  await browser.action.setBadgeText({ tabId, text: '?' }).catch(() => undefined)
}

export async function openOwnPage(
  path: '/onboarding.html' | '/popup.html' | '/sidepanel.html',
): Promise<void> {
  const [known] = await browser.tabs.query({ url: browser.runtime.getURL(path) })
  if (known?.id !== undefined) await browser.tabs.update(known.id, { active: true })
  else await browser.tabs.create({ url: browser.runtime.getURL(path) })
}

export async function notify(
  id: string,
  words: { readonly title: string; readonly message: string },
): Promise<void> {
  await browser.notifications.create(id, {
    type: 'basic',
    iconUrl: browser.runtime.getURL('/icons/128.png'),
    ...words,
  })
}

export function translate(key: string, substitutions: string[] = []): string {
  return browser.i18n.getMessage(key as Parameters<typeof browser.i18n.getMessage>[0], substitutions)
}

export function versionWords(): { readonly version: string; readonly browser: string } {
  return { version: browser.runtime.getManifest().version, browser: navigator.userAgent }
}
