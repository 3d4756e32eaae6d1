import './markdown.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { BlockElement } from './block.tsx'
import { type Block, createMarkdownStream, type MarkdownStream } from './markdown-stream.ts'
import { memo } from './memo.ts'

/** Blocks that are compared as one when more is added. */
const GROUP = 12
/** Source that is read in the first task, and in each that follows, in characters. */
const FIRST_SLICE = 8_000
const SLICE = 3_000

interface MarkdownProps {
  /** May grow; what was shown before stays as it is. Another beginning starts anew. */
  readonly text: string
  /** No more comes. */
  readonly whole: boolean
}

/** An answer as elements. Costs what is new, not what is there; a long one appears piece by piece without a long task. */
export function Markdown({ text, whole }: MarkdownProps) {
  const stream = useMarkdownStream(text, whole)
  const pending = stream.pending()
  const length = stream.settled.length + pending.length
  return (
    <div class="markdown">
      {Array.from({ length: Math.ceil(length / GROUP) }, (_, index) => {
        const from = index * GROUP
        const isSettled = from + GROUP <= stream.settled.length
        return (
          <Group
            key={index}
            stream={stream}
            from={from}
            pending={isSettled ? NOTHING : pending}
            to={Math.min(stream.settled.length, from + GROUP)}
            generation={stream.generation()}
          />
        )
      })}
    </div>
  )
}

const NOTHING: readonly Block[] = []

interface GroupProps {
  readonly stream: MarkdownStream
  readonly from: number
  /** Where its settled blocks end. */
  readonly to: number
  /** What comes after the settled ones; a block keeps its elements when it settles. */
  readonly pending: readonly Block[]
  readonly generation: number
}

const Group = memo(({ stream, from, to, pending }: GroupProps) => {
  const first = Math.max(0, from - stream.settled.length)
  const blocks = [
    ...stream.settled.slice(from, to),
    ...pending.slice(first, from + GROUP - stream.settled.length),
  ]
  return (
    <div class={pending === NOTHING ? 'md-group md-group-full' : 'md-group'}>
      {blocks.map((block) => (
        <BlockElement key={block.id} block={block} />
      ))}
    </div>
  )
})

interface Reading {
  readonly stream: MarkdownStream
  /** What was pushed so far, for telling growth from another text. */
  pushed: string
  finished: boolean
}

function useMarkdownStream(text: string, whole: boolean): MarkdownStream {
  const reading = useRef<Reading | null>(null)
  const [, setTurn] = useState(0)
  const current = advance(reading.current, text, whole)
  reading.current = current
  const behind = current.pushed.length < text.length
  const pushed = behind ? current.pushed.length : 0
  useEffect(() => {
    if (!behind) return
    const timer = setTimeout(() => setTurn((turn) => turn + 1), 0)
    return () => clearTimeout(timer)
  }, [behind, pushed])
  return current.stream
}

/** Takes the next slice of the text; starts anew where it is another one. */
function advance(before: Reading | null, text: string, whole: boolean): Reading {
  const grows =
    before !== null && !(before.finished && before.pushed !== text) && text.startsWith(before.pushed)
  const reading: Reading = grows ? before : { stream: createMarkdownStream(), pushed: '', finished: false }
  const room = reading.pushed === '' ? FIRST_SLICE : SLICE
  const next = text.slice(reading.pushed.length, reading.pushed.length + room)
  if (next !== '') {
    reading.stream.push(next)
    reading.pushed = text.slice(0, reading.pushed.length + next.length)
  }
  if (whole && !reading.finished && reading.pushed.length === text.length) {
    reading.stream.finish()
    reading.finished = true
  }
  return reading
}
