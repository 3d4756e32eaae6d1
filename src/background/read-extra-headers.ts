import { parseExtraHeaders } from '../gateways/openai-compatible/extra-headers.ts'

type Headers = Readonly<Record<string, string>>

/** A screen's headers, checked; an empty value stands for the stored one. Throws ChatError 'invalid-body' naming the line. */
export function readExtraHeaders(given: Headers, stored: Headers): Record<string, string> {
  const known = new Map(Object.entries(stored).map(([name, value]) => [name.toLowerCase(), value]))
  const lines = Object.entries(given).map(
    ([name, value]) => `${name}: ${value === '' ? (known.get(name.toLowerCase()) ?? '') : value}`,
  )
  return { ...parseExtraHeaders(lines.join('\n')) }
}
