import type { Shell } from '../app/shell.ts'

/** What the side panel asks of the browser, beyond what every screen does. */
export interface PanelHost extends Shell {
  /** The tab whose page may be attached: the one that the panel stands beside. Null in a tab of its own. */
  pageTab(): Promise<number | null>
  /** The window whose context menus ask here. Null in a tab of its own: the panel beside the page is asked there. */
  windowId(): Promise<number | null>
  reloadTab(tabId: number): Promise<void>
  /** The same screen in a tab, beside the same page. Null where it is one already. */
  readonly openInTab: (() => void) | null
  /** Whether the browser says it is online, and when that changes. */
  isOnline(): boolean
  onOnlineChange(listener: () => void): () => void
}
