import { PythonFloat, pythonJson } from './python-json.ts'

type Json = Record<string, unknown>

/** The text of a request that the enclave hashes: only what it signs for, in Python's JSON. */
export function canonicalRequest(body: Json): string {
  return pythonJson({
    model: body.model,
    ...('prompt' in body ? { prompt: body.prompt } : { messages: list(body.messages).map(canonicalMessage) }),
    temperature: new PythonFloat(typeof body.temperature === 'number' ? body.temperature : 0),
    max_tokens: body.max_tokens ?? undefined,
    stop: filled(body.stop),
    tools: filled(body.tools),
    response_format: filled(body.response_format),
    web_search: body.web_search ? true : undefined,
  })
}

function canonicalMessage(message: Json): Json {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: message.content }
    case 'assistant':
      return { role: 'assistant', content: message.content || '', tool_calls: toolCalls(message.tool_calls) }
    case 'tool':
      return { role: 'tool', content: message.content, tool_call_id: message.tool_call_id }
    case 'function':
      return { role: 'function', content: message.content, name: message.name }
    default:
      return { role: 'user', content: userContent(message.content) }
  }
}

function userContent(content: unknown): unknown {
  return Array.isArray(content) ? list(content).map(userPart) : content
}

function userPart(part: Json): Json {
  if (part.type === 'text') return { type: part.type, text: part.text }
  const file = isObject(part.file) ? part.file : part
  return { type: part.type, filename: file.filename }
}

function toolCalls(calls: unknown): Json[] | undefined {
  if (!Array.isArray(calls) || calls.length === 0) return undefined
  return list(calls).map((call) => {
    const made = isObject(call.function) ? call.function : {}
    return {
      id: call.id,
      type: call.type,
      function: { name: made.name, arguments: made.arguments },
    }
  })
}

/** Python's truth: an empty list, object or string is left out like an absent one. */
function filled(value: unknown): unknown {
  if (!value || (Array.isArray(value) && value.length === 0)) return undefined
  if (isObject(value) && Object.keys(value).length === 0) return undefined
  return value
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
