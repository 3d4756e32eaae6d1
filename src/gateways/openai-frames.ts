import type { Usage } from '../domain/payment.ts'
import { plainText } from '../domain/plain-text.ts'
import { type JsonRecord, readRecord } from './frame-reader.ts'
import type { AnswerEvent } from './gateway.ts'

/** Events of an OpenAI chunk or whole completion: reasoning, text, tool calls, finish, usage, error. Undefined where it is neither. */
export function readOpenAiFrame(frame: JsonRecord): AnswerEvent[] | undefined {
  const error = readError(frame.error ?? frame.Error)
  if (error) return [error]
  const choices = Array.isArray(frame.choices) ? frame.choices : undefined
  const usage = readUsage(frame.usage)
  if (!choices && !usage) return undefined
  const events = (choices ?? []).flatMap((choice) => readChoice(readRecord(choice), frame))
  if (usage) events.push({ type: 'usage', usage })
  return events
}

/** Token counts under OpenAI's names; undefined where they are not whole numbers. */
export function readUsage(value: unknown): Usage | undefined {
  const usage = readRecord(value)
  if (!usage) return undefined
  const promptTokens = count(usage.prompt_tokens)
  const completionTokens = count(usage.completion_tokens)
  if (promptTokens === undefined || completionTokens === undefined) return undefined
  return {
    promptTokens,
    completionTokens,
    totalTokens: count(usage.total_tokens) ?? promptTokens + completionTokens,
  }
}

/** `{message, type, code}` or a bare text, as an error event in at most 200 plain characters. */
export function readError(value: unknown): AnswerEvent | undefined {
  if (value === undefined || value === null || value === false) return undefined
  const error = readRecord(value)
  const message = error ? (error.message ?? error.error ?? error.detail ?? error.type) : value
  const code = error ? (error.code ?? error.type) : null
  return {
    type: 'error',
    message: (typeof message === 'string' && plainText(message, 200)) || null,
    code: typeof code === 'string' || typeof code === 'number' ? plainText(String(code), 80) : null,
  }
}

function readChoice(choice: JsonRecord | undefined, frame: JsonRecord): AnswerEvent[] {
  if (!choice || (choice.index !== undefined && choice.index !== 0)) return [{ type: 'raw', raw: frame }]
  const events: AnswerEvent[] = []
  const delta = readRecord(choice.delta)
  const message = delta ? undefined : readRecord(choice.message)
  if (delta) events.push(...readDelta(delta))
  else if (message) events.push(...readDelta(message).map(asWhole))
  else if (typeof choice.text === 'string' && choice.text !== '')
    events.push({ type: 'text', text: choice.text })
  if (typeof choice.finish_reason === 'string') {
    events.push({ type: 'finish', reason: plainText(choice.finish_reason, 40) })
  }
  return events
}

function asWhole(event: AnswerEvent): AnswerEvent {
  return event.type === 'tool-calls' ? { ...event, whole: true } : event
}

function readDelta(delta: JsonRecord): AnswerEvent[] {
  const events: AnswerEvent[] = []
  const reasoning = readText(delta.reasoning_content) || readText(delta.reasoning)
  if (reasoning !== '') events.push({ type: 'reasoning', text: reasoning })
  const text = readText(delta.content)
  if (text !== '') events.push({ type: 'text', text })
  if (Array.isArray(delta.tool_calls) && delta.tool_calls.length > 0) {
    events.push({ type: 'tool-calls', deltas: delta.tool_calls })
  }
  if (readText(delta.refusal) !== '') events.push({ type: 'raw', raw: { refusal: delta.refusal } })
  return events
}

/** A string, or the texts of a list of parts. */
function readText(value: unknown): string {
  if (typeof value === 'string') return value
  if (!Array.isArray(value)) return ''
  return value.map((part) => readText(readRecord(part)?.text)).join('')
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}
