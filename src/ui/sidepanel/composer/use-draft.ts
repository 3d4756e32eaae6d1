import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { ChatDraft, ConversationView } from '../../../protocol/chat-views.ts'
import { useApp } from '../../app/app.tsx'

/** Typing rests for so long before the draft is written, ms. */
const REST_MS = 350

export interface DraftState {
  readonly draft: ChatDraft
  readonly setDraft: (change: (draft: ChatDraft) => ChatDraft) => void
  /** The draft left, because it was sent: nothing is written after it. */
  readonly clear: () => void
}

/** What the person is about to send: kept by the background while they type, and at once when the panel closes. */
export function useDraft(conversation: ConversationView): DraftState {
  const { client } = useApp()
  const [draft, setState] = useState(conversation.draft)
  const latest = useRef({ id: conversation.id, draft: conversation.draft, unsaved: false })

  const save = useCallback(() => {
    const { id, draft: unsaved, unsaved: isUnsaved } = latest.current
    if (!isUnsaved) return
    latest.current.unsaved = false
    client.call('chat.saveDraft', { id, draft: unsaved }).catch(() => {
      latest.current.unsaved = true
    })
  }, [client])

  useEffect(() => {
    if (latest.current.id === conversation.id) return
    save()
    latest.current = { id: conversation.id, draft: conversation.draft, unsaved: false }
    setState(conversation.draft)
  }, [conversation.id, save])

  useEffect(() => {
    const timer = setTimeout(save, REST_MS)
    return () => clearTimeout(timer)
  }, [draft, save])

  useEffect(() => {
    addEventListener('pagehide', save)
    return () => {
      removeEventListener('pagehide', save)
      save()
    }
  }, [save])

  const setDraft = useCallback((change: (draft: ChatDraft) => ChatDraft) => {
    const next = change(latest.current.draft)
    latest.current = { ...latest.current, draft: next, unsaved: true }
    setState(next)
  }, [])

  const clear = useCallback(() => {
    const empty: ChatDraft = { text: '', attachments: [] }
    latest.current = { ...latest.current, draft: empty, unsaved: false }
    setState(empty)
  }, [])

  return { draft, setDraft, clear }
}
