import { useEffect, useRef, useState } from 'preact/hooks'
import type { AnswerMessage } from '../../../protocol/chat-views.ts'
import { t } from '../../words.ts'
import { createSentenceReader, type SentenceReader } from './sentences.ts'

/** How often what is new is handed to screen readers, ms. */
const SPEAK_MS = 1_200
/** Sentences kept in the region; readers have taken older ones. */
const KEPT = 6

interface Spoken {
  readonly id: number
  readonly text: string
}

/** Reads an answer on its way out politely, by whole sentences. Nothing to see. `answer`: the newest one. */
export function Speaker({ answer }: { answer: AnswerMessage | null }) {
  const [lines, setLines] = useState<readonly Spoken[]>([])
  const latest = useRef(answer)
  const count = useRef(0)
  latest.current = answer ?? latest.current
  const running = answer?.progress.kind === 'streaming'
  const messageId = answer?.id
  useEffect(() => {
    if (!running) return
    const reader = createSentenceReader(latest.current?.text.length ?? 0, t('chat.speak.code'))
    const say = (text: string) => {
      if (text === '') return
      count.current += 1
      const line = { id: count.current, text }
      setLines((all) => [...all.slice(1 - KEPT), line])
    }
    const timer = setInterval(() => say(reader.next(latest.current?.text ?? '')), SPEAK_MS)
    return () => {
      clearInterval(timer)
      say(ending(reader, latest.current))
    }
  }, [running, messageId])
  return (
    <div class="visually-hidden" aria-live="polite" aria-relevant="additions" data-speaker>
      {lines.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  )
}

function ending(reader: SentenceReader, answer: AnswerMessage | null): string {
  const done = answer?.progress.kind === 'done' ? t('chat.speak.done') : ''
  return `${reader.rest(answer?.text ?? '')} ${done}`.trim()
}
