import { ChatError } from '../../domain/errors.ts'

/** Headers that carry the payment or the body: never the person's to set. */
const RESERVED =
  /^(payment-|x-payment|content-|host$|connection$|cookie|origin$|referer$|accept$|x402-|sec-|proxy-)/

/** Extra headers as a person types them, one `Name: value` a line, lower-cased. Throws ChatError 'invalid-body' naming the line. */
export function parseExtraHeaders(text: string): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  for (const line of text.split('\n').map((part) => part.trim())) {
    if (line === '') continue
    const [, name = '', value = ''] =
      /^([A-Za-z0-9!#$%&'*+.^_`|~-]{1,80}):\s*([\x20-\x7e]{1,1000})$/.exec(line) ?? []
    if (name === '' || RESERVED.test(name.toLowerCase())) {
      throw new ChatError('invalid-body', { field: 'extraHeaders', line: line.slice(0, 80) })
    }
    headers[name.toLowerCase()] = value.trim()
  }
  return headers
}
