import { ChatError } from '../../domain/errors.ts'
import { MAX_BODY_BYTES, MAX_IMAGE_BYTES } from '../../protocol/page-schemas.ts'

/** Nesting beyond which a page's JSON is refused: no chat body or tool schema comes near. */
const MAX_DEPTH = 64

/** A page's JSON without `__proto__` keys. Throws ChatError 'invalid-body'. */
export function parsePageJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new ChatError('invalid-body', {}, { cause })
  }
  return cleaned(value, MAX_DEPTH)
}

function cleaned(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object') return value
  if (depth === 0) throw new ChatError('invalid-body', { problem: 'too-deep' })
  if (Array.isArray(value)) return value.map((item) => cleaned(item, depth - 1))
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__proto__')
      .map(([key, item]) => [key, cleaned(item, depth - 1)]),
  )
}

/** Throws ChatError 'body-too-large': images have their own, larger allowance. */
export function requireBodySize(body: unknown, text: string): void {
  const images = imageBytes(body)
  const bytes = new TextEncoder().encode(text).length
  if (images > MAX_IMAGE_BYTES || bytes - images > MAX_BODY_BYTES) throw new ChatError('body-too-large')
}

function imageBytes(body: unknown): number {
  let total = 0
  for (const message of listAt(body, 'messages'))
    for (const part of listAt(message, 'content')) {
      const url = valueAt(valueAt(part, 'image_url'), 'url')
      if (typeof url === 'string' && url.startsWith('data:image/')) total += url.length
    }
  return total
}

function valueAt(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = valueAt(value, key)
  return Array.isArray(list) ? list : []
}
