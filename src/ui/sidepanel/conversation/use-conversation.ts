import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { ChatEvent, ConversationView } from '../../../protocol/chat-views.ts'
import { useApp } from '../../app/app.tsx'
import type { Resource } from '../../app/use-resource.ts'
import { applyChatEvent, runningAnswer } from './conversation-state.ts'
import { createAnswerGrowth, type GrowingAnswer } from './growing-answer.ts'

interface Conversation {
  /** While an answer grows, as it was before: see `growing`. */
  readonly state: Resource<ConversationView | null>
  readonly growing: GrowingAnswer
  /** Takes what a call answered, sooner than its event. */
  readonly show: (conversation: ConversationView) => void
  readonly reload: () => void
}

/** One conversation, kept fresh by events that are applied once a frame. */
export function useConversation(id: string | null): Conversation {
  const { client } = useApp()
  const [state, setState] = useState<Resource<ConversationView | null>>({ kind: 'loading' })
  const shown = useRef<ConversationView | null>(null)
  const turn = useRef(0)
  const [growing] = useState(createAnswerGrowth)

  const keep = useCallback(
    (conversation: ConversationView | null) => {
      shown.current = conversation
      growing.set(conversation)
    },
    [growing],
  )
  const show = useCallback(
    (conversation: ConversationView | null) => {
      keep(conversation)
      setState({ kind: 'ready', value: conversation })
    },
    [keep],
  )

  const reload = useCallback(() => {
    if (id === null) return
    turn.current += 1
    const mine = turn.current
    client.call('chat.get', { id }).then(
      (conversation) => {
        if (mine === turn.current) show(conversation)
      },
      (error: unknown) => {
        if (mine === turn.current) setState({ kind: 'failed', error, value: shown.current })
      },
    )
  }, [client, id, show])

  useEffect(() => {
    keep(null)
    setState({ kind: 'loading' })
    reload()
    const frame = createFrame((events) => {
      let grewOnly = true
      for (const event of events) {
        const conversation = shown.current
        if (!conversation) continue
        const applied = applyChatEvent(conversation, event)
        if (applied.kind === 'changed') keep(applied.conversation)
        if (applied.kind === 'deleted') keep(null)
        if (applied.kind === 'stale') reload()
        grewOnly &&= applied.kind === 'same' || growsAnswer(event, shown.current)
      }
      if (grewOnly) growing.tell()
      else setState({ kind: 'ready', value: shown.current })
    })
    const off = client.onEvent((event) => {
      if (event.topic !== 'chat') return
      if (shown.current) frame.add(event.event)
      else if (event.event.kind === 'missed') reload()
    })
    return () => {
      turn.current += 1
      off()
      frame.stop()
    }
  }, [client, reload, keep, growing])

  return { state, growing, show, reload }
}

function growsAnswer(event: ChatEvent, conversation: ConversationView | null): boolean {
  return (
    event.kind === 'delta' && conversation !== null && runningAnswer(conversation)?.id === event.messageId
  )
}

/** Hands events over together, once a frame; a page out of sight has no frames, so there it is ten times a second. */
function createFrame(work: (events: readonly ChatEvent[]) => void): {
  add(event: ChatEvent): void
  stop(): void
} {
  let waiting: ChatEvent[] = []
  let cancel: (() => void) | null = null
  const run = () => {
    cancel = null
    const events = waiting
    waiting = []
    work(events)
  }
  return {
    add(event) {
      waiting.push(event)
      cancel ??= nextFrame(run)
    },
    stop() {
      cancel?.()
      waiting = []
    },
  }
}

function nextFrame(work: () => void): () => void {
  if (document.visibilityState === 'visible') {
    const frame = requestAnimationFrame(work)
    return () => cancelAnimationFrame(frame)
  }
  const timer = setTimeout(work, 100)
  return () => clearTimeout(timer)
}
