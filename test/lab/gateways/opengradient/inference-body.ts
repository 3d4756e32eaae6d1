import type { ChatBody } from '../chat-body.ts'

type Json = Record<string, unknown>

/** A request as the words need it; this gateway knows `max_tokens` only, and answers `prompt` like a user's message. */
export function readInferenceBody(bytes: Buffer): ChatBody | null {
  const raw = parseObject(bytes)
  if (!raw) return null
  const messages = 'prompt' in raw ? [{ role: 'user', content: raw.prompt }] : readMessages(raw.messages)
  return {
    model: String(raw.model),
    messages,
    maxOutputTokens: typeof raw.max_tokens === 'number' ? raw.max_tokens : 4096,
    stream: raw.stream === true,
    isPaid: true,
    tools: Array.isArray(raw.tools) ? raw.tools : [],
    toolChoice: raw.tool_choice,
    responseFormat: raw.response_format,
    raw: 'prompt' in raw ? { ...raw, messages } : raw,
  }
}

function readMessages(value: unknown): ChatBody['messages'] {
  if (!Array.isArray(value)) return []
  return value.map((message: { role?: unknown; content?: unknown } | null) => ({
    role: String(message?.role),
    content: message?.content,
  }))
}

function parseObject(bytes: Buffer): Json | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
