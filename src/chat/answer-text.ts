/** What an answer has said so far, told to open panels in small batches and saved in larger ones. */
import { collectToolCalls } from '../gateways/collect-tool-calls.ts'
import { readRecord } from '../gateways/frame-reader.ts'
import type { AnswerEvent } from '../gateways/gateway.ts'
import type { ToolCallView } from '../protocol/chat-views.ts'

/** Characters kept of one answer, text, reasoning and tool calls together; beyond them it is cut. */
export const MAX_ANSWER_CHARACTERS = 2_000_000

export type Part = 'text' | 'reasoning'

export interface Delta {
  readonly part: Part
  /** Characters of that part before this. */
  readonly at: number
  readonly text: string
}

export interface AnswerText {
  /** False once the answer is longer than what is kept. */
  add(event: AnswerEvent): boolean
  text(): string
  reasoning(): string
  toolCalls(): readonly ToolCallView[]
  /** As the gateway said it. */
  finish(): string | null
  /** What was not told yet; told from then on. */
  takeDeltas(): readonly Delta[]
}

export function createAnswerText(): AnswerText {
  const parts = { text: '', reasoning: '' }
  const told = { text: 0, reasoning: 0 }
  const calls = collectToolCalls()
  let finish: string | null = null
  let called = 0
  const takePart = (part: Part): readonly Delta[] => {
    const at = told[part]
    const text = parts[part].slice(at)
    told[part] = parts[part].length
    return text === '' ? [] : [{ part, at, text }]
  }
  return {
    add(event) {
      switch (event.type) {
        case 'text':
        case 'reasoning':
          parts[event.type] += event.text
          break
        case 'tool-calls':
          for (const delta of calls.add(event.deltas)) called += calledCharacters(delta)
          break
        case 'finish':
          finish = event.reason
          break
        default:
      }
      return parts.text.length + parts.reasoning.length + called <= MAX_ANSWER_CHARACTERS
    },
    text: () => parts.text,
    reasoning: () => parts.reasoning,
    toolCalls: () =>
      calls.calls().map(({ function: { name, arguments: given } }) => ({ name, arguments: given })),
    finish: () => finish,
    takeDeltas: () => [...takePart('reasoning'), ...takePart('text')],
  }
}

function calledCharacters(delta: Readonly<Record<string, unknown>>): number {
  const called = readRecord(delta.function)
  return [delta.id, called?.name, called?.arguments].reduce<number>(
    (sum, text) => sum + (typeof text === 'string' ? text.length : 0),
    0,
  )
}
