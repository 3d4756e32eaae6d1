import { useCallback, useState } from 'preact/hooks'
import type { Attachment, PanelIntent } from '../../../protocol/chat-views.ts'
import type { PageRead } from '../../../protocol/ui-protocol.ts'
import { useApp } from '../../app/app.tsx'
import { extractPage, fromMenu } from '../page-context/extract-page.ts'
import type { PanelHost } from '../panel-host.ts'

/** How attaching goes. */
export type AttachState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'needs-reload'; readonly tabId: number }
  /** One that was open before the extension, or one that can never be read: the browser does not say. */
  | { readonly kind: 'unknown-page'; readonly tabId: number }
  | { readonly kind: 'not-readable' }
  | { readonly kind: 'nothing-selected' }
  | { readonly kind: 'no-text' }
  | { readonly kind: 'no-tab' }
  | { readonly kind: 'failed'; readonly error: unknown }

type ClickedIn = Pick<PanelIntent, 'tabId' | 'selection'>

export interface Attach {
  readonly state: AttachState
  /** Reads a page or what is selected on it, at the person's click. `clicked`: where, by a context menu; null: the tab beside. */
  readonly attach: (kind: Attachment['kind'], clicked: ClickedIn | null) => Promise<void>
  readonly dismiss: () => void
}

/** Gets a page's text as an attachment. Never by itself. */
export function useAttach(host: PanelHost, onAttached: (attachment: Attachment) => void): Attach {
  const { client } = useApp()
  const [state, setState] = useState<AttachState>({ kind: 'idle' })

  const attach = useCallback(
    async (kind: Attachment['kind'], clicked: ClickedIn | null) => {
      setState({ kind: 'reading' })
      try {
        const tabId = clicked?.tabId ?? (await host.pageTab())
        if (tabId === null) return setState({ kind: 'no-tab' })
        const told = clicked?.selection ?? null
        const read = told?.inFrame
          ? null
          : await client.call('page.read', { tabId, what: kind }).catch((error: unknown) => {
              if (!told) throw error
              return null
            })
        const id = crypto.randomUUID()
        const attachment =
          (read?.kind === 'read' && (await extractPage(read, { id, kind }))) || (told && fromMenu(told, id))
        if (attachment) onAttached(attachment)
        setState(attachment || !read ? { kind: 'idle' } : whyNot(read.kind, { kind, tabId }))
      } catch (error) {
        setState({ kind: 'failed', error })
      }
    },
    [client, host, onAttached],
  )

  const dismiss = useCallback(() => setState({ kind: 'idle' }), [])
  return { state, attach, dismiss }
}

function whyNot(
  read: PageRead['kind'],
  { kind, tabId }: { readonly kind: Attachment['kind']; readonly tabId: number },
): AttachState {
  switch (read) {
    case 'needs-reload':
    case 'unknown-page':
      return { kind: read, tabId }
    case 'not-readable':
      return { kind: read }
    case 'read':
      return { kind: kind === 'page' ? 'no-text' : 'nothing-selected' }
  }
}
