import type { PaymentNetwork } from '../../domain/network.ts'

/** What screens ask of the browser itself; pages implement it, previews and tests fake it. */
export interface Shell {
  /** Whether this page is the popup, or a tab or window of its own. */
  readonly surface: 'popup' | 'page'
  readonly version: string
  /** URL of the tab that the popup stands over; null where there is none or it may not be known. */
  tabUrl(): Promise<string | null>
  /** Opens the side panel beside the current tab. Called within a click. */
  openPanel(): Promise<void>
  /** Opens one of our own pages in a tab: `onboarding.html`, `popup.html#/history`. */
  openPage(path: string): void
  /** Asks for access to servers' origins, where it is not granted yet. Called within a click. */
  requestHost(...urls: readonly string[]): Promise<boolean>
  /** Gives that access back. */
  releaseHost(url: string): Promise<void>
  /** RPC endpoints that this build ships with, by network; at most two each. */
  readonly shippedRpc: Readonly<Record<PaymentNetwork | 'og-registry', readonly string[]>>
  /** Hands a file to the browser's downloads. */
  saveFile(name: string, type: string, parts: readonly BlobPart[]): void
  /** Brings the approval window to the front, where one is open. */
  showApproval(): Promise<void>
  closeWindow(): void
}
