import { type JsonRecord, readRecord } from '../frame-reader.ts'
import { PythonFloat, pythonJson } from './python-json.ts'

/**
 * The text of a request that the enclave hashes: model, messages, temperature as a float, and of the rest only max_tokens, stop,
 * tools, response_format and web_search. Reads the body as it went over the wire, where -0 is 0 and no number is infinite.
 * Source: the gateway's published code.
 */
export function canonicalRequest(prepared: JsonRecord): string {
  const body = readRecord(JSON.parse(JSON.stringify(prepared))) ?? {}
  return pythonJson({
    model: body.model,
    messages: records(body.messages).map(canonicalMessage),
    temperature: new PythonFloat(typeof body.temperature === 'number' ? body.temperature : 0),
    max_tokens: body.max_tokens ?? undefined,
    stop: unlessEmpty(body.stop),
    tools: unlessEmpty(body.tools),
    response_format: unlessEmpty(body.response_format),
    web_search: unlessEmpty(body.web_search) === undefined ? undefined : true,
  })
}

function canonicalMessage(message: JsonRecord): JsonRecord {
  const { content } = message
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content }
    case 'assistant':
      return { role: 'assistant', content: content ?? '', tool_calls: canonicalToolCalls(message.tool_calls) }
    case 'tool':
      return { role: 'tool', content, tool_call_id: message.tool_call_id }
    case 'function':
      return { role: 'function', content, name: message.name }
    default:
      return { role: 'user', content: Array.isArray(content) ? records(content).map(canonicalPart) : content }
  }
}

/** Pictures and files are hashed by their type and name only. */
function canonicalPart(part: JsonRecord): JsonRecord {
  if (part.type === 'text') return { type: 'text', text: part.text }
  const file = readRecord(part.file) ?? part
  return { type: part.type, filename: file.filename }
}

function canonicalToolCalls(value: unknown): readonly JsonRecord[] | undefined {
  const calls = records(value)
  if (calls.length === 0) return undefined
  return calls.map((call) => {
    const called = readRecord(call.function)
    return { id: call.id, type: call.type, function: { name: called?.name, arguments: called?.arguments } }
  })
}

/** Python's truth: empty values count as absent ones. */
function unlessEmpty(value: unknown): unknown {
  if (value === null || value === false || value === '' || value === 0) return undefined
  if (Array.isArray(value)) return value.length === 0 ? undefined : value
  const record = readRecord(value)
  return record && Object.keys(record).length === 0 ? undefined : value
}

function records(value: unknown): readonly JsonRecord[] {
  if (!Array.isArray(value)) return []
  return value.map(readRecord).filter((item) => item !== undefined)
}
