import { useEffect, useRef, useState } from 'preact/hooks'
import type { AnswerMessage } from '../../../protocol/chat-views.ts'
import { t } from '../../words.ts'
import type { GrowingAnswer } from './growing-answer.ts'
import { createSentenceReader, type SentenceReader } from './sentences.ts'

/** How often what is new is handed to screen readers, ms. */
const SPEAK_MS = 1_200
/** Sentences kept in the region; readers have taken older ones. */
const KEPT = 6

interface Spoken {
  readonly id: number
  readonly text: string
}

interface SpeakerProps {
  readonly answer: AnswerMessage | null
  readonly growing: GrowingAnswer
}

/** Reads an answer on its way out politely, by whole sentences. Nothing to see. `answer`: the newest one. */
export function Speaker({ answer, growing }: SpeakerProps) {
  const [lines, setLines] = useState<readonly Spoken[]>([])
  const latest = useRef(answer)
  const count = useRef(0)
  latest.current = answer ?? latest.current
  const running = answer?.progress.kind === 'streaming'
  const messageId = answer?.id
  useEffect(() => {
    if (!running) return
    const textNow = () => (latest.current ? growing.latest(latest.current).text : '')
    const reader = createSentenceReader(textNow().length, t('chat.speak.code'))
    const say = (text: string) => {
      if (text === '') return
      count.current += 1
      const line = { id: count.current, text }
      setLines((all) => [...all.slice(1 - KEPT), line])
    }
    const timer = setInterval(() => say(reader.next(textNow())), SPEAK_MS)
    return () => {
      clearInterval(timer)
      say(ending(reader, latest.current))
    }
  }, [running, messageId, growing])
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
