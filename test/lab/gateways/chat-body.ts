/** The OpenAI chat body as the emulators read it. */
import { countTokens, textOfContent } from '../writer.ts'

export interface ChatBody {
  model: string
  messages: { role: string; content: unknown }[]
  /** `max_completion_tokens`, else `max_tokens`, else the gateway's own default. */
  maxOutputTokens: number
  stream: boolean
  isPaid: boolean
  tools: unknown[]
  toolChoice: unknown
  responseFormat: unknown
  /** The body as it came. */
  raw: Record<string, unknown>
}

export type ReadBody =
  | { kind: 'body'; body: ChatBody }
  | { kind: 'error'; message: string; param: string | null }

/** Reads a chat body, or says what is wrong with it in OpenAI's manner. */
export function readChatBody(bytes: Buffer, defaultOutputTokens: number): ReadBody {
  const raw = parseObject(bytes)
  if (raw === null) return { kind: 'error', message: 'The request body is not valid JSON.', param: null }
  const { model, messages } = raw
  if (typeof model !== 'string' || model === '') return missing('model')
  if (!Array.isArray(messages) || messages.length === 0) return missing('messages')
  if (!messages.every(isMessage)) return { kind: 'error', message: 'Invalid message.', param: 'messages' }
  const limit = raw.max_completion_tokens ?? raw.max_tokens ?? defaultOutputTokens
  if (!Number.isInteger(limit) || Number(limit) < 1) {
    return { kind: 'error', message: 'Invalid output limit.', param: 'max_completion_tokens' }
  }
  const body: ChatBody = {
    model,
    messages,
    maxOutputTokens: Number(limit),
    stream: raw.stream === true,
    isPaid: raw.is_paid === true,
    tools: Array.isArray(raw.tools) ? raw.tools : [],
    toolChoice: raw.tool_choice,
    responseFormat: raw.response_format,
    raw,
  }
  return { kind: 'body', body }
}

/** Input tokens: what the writer counts, with a few for the frame of each message and of the whole. */
export function countInputTokens(body: ChatBody): number {
  const tools = body.tools.length > 0 ? countTokens(JSON.stringify(body.tools)) : 0
  return body.messages.reduce((sum, one) => sum + 4 + countTokens(textOfContent(one.content)), 6 + tools)
}

function missing(param: string): ReadBody {
  return { kind: 'error', message: `Missing required parameter: '${param}'.`, param }
}

function isMessage(value: unknown): value is { role: string; content: unknown } {
  return typeof value === 'object' && value !== null && typeof (value as { role?: unknown }).role === 'string'
}

function parseObject(bytes: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
