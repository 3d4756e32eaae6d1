import { useEffect, useState } from 'preact/hooks'
import type { ConversationSummary } from '../../../protocol/chat-views.ts'
import { useApp } from '../../app/app.tsx'

/** Typing or changes rest for so long before the list is read, ms. */
const REST_MS = 200

/** The list that a search finds, read again when it changes; null until it was read. */
export function useConversations(search: string, wanted: boolean): readonly ConversationSummary[] | null {
  const { client } = useApp()
  const [list, setList] = useState<readonly ConversationSummary[] | null>(null)
  useEffect(() => {
    if (!wanted) return
    let alive = true
    let timer: ReturnType<typeof setTimeout> | null = null
    const read = () => {
      timer = null
      client.call('chat.list', { text: search }).then(
        (found) => alive && setList(found),
        // The next change reads it again; what was there stays in sight.
        () => undefined,
      )
    }
    const soon = () => {
      timer ??= setTimeout(read, REST_MS)
    }
    if (search === '') read()
    else soon()
    const off = client.onEvent((event) => {
      if (event.topic === 'chat' && ['list', 'missed'].includes(event.event.kind)) soon()
    })
    return () => {
      alive = false
      if (timer !== null) clearTimeout(timer)
      off()
    }
  }, [client, search, wanted])
  return list
}
