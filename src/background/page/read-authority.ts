import { type Origin, parseOrigin } from '../../domain/principal.ts'
import type { PageSender } from './page-port.ts'

/** For whom a port speaks. */
export interface Authority {
  readonly origin: Origin
  readonly tabId: number
  readonly documentId: string | null
}

/** Null for opaque and insecure origins, documents that are not active, and frames under another origin's page. */
export function readAuthority(sender: PageSender): Authority | null {
  const origin = parseOrigin(sender.origin)
  if (origin === undefined || sender.tabId === undefined || sender.frameId === undefined) return null
  // Firefox does not tell; a port from a document that is not active ends with it.
  if (sender.documentLifecycle !== undefined && sender.documentLifecycle !== 'active') return null
  if (sender.frameId !== 0 && originOf(sender.tabUrl) !== origin) return null
  return { origin, tabId: sender.tabId, documentId: sender.documentId ?? null }
}

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined
}
