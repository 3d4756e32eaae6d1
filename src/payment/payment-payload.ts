import { ChatError } from '../domain/errors.ts'
import { decodeBase64Text, encodeBase64Text } from './base64.ts'
import type { SigningOrder } from './payment.ts'
import { parseStrictJson } from './strict-json.ts'

type JsonRecord = Readonly<Record<string, unknown>>

/** What a scheme made: its own part, and what it adds to the 402's extensions. */
export interface SchemePayload {
  readonly payload: JsonRecord
  readonly extensions: JsonRecord | null
}

/**
 * The payment header's value: base64 of an x402 v2 PaymentPayload, keys in the official client's order, the 402's
 * extensions echoed. Read back and compared with what went in: throws ChatError 'signature-mismatch'.
 */
export function encodePayload(order: SigningOrder, made: SchemePayload): string {
  const extensions = mergeExtensions(order.extensions, made.extensions)
  const envelope = {
    x402Version: 2,
    payload: made.payload,
    ...(extensions === null ? {} : { extensions }),
    ...(order.resource === null ? {} : { resource: order.resource }),
    accepted: order.offer.accepted,
  }
  const encoded = encodeBase64Text(JSON.stringify(envelope))
  if (!sameJson(decodePayload(encoded), envelope)) {
    throw new ChatError('signature-mismatch', { field: 'payload' })
  }
  return encoded
}

/** Reads an encoded PaymentPayload; throws ChatError 'signature-mismatch' when it is none. */
export function decodePayload(encoded: string): unknown {
  const text = decodeBase64Text(encoded)
  try {
    if (text !== undefined) return parseStrictJson(text, { maxDepth: 12, maxStringBytes: 16_384 })
  } catch (cause) {
    throw new ChatError('signature-mismatch', { field: 'payload' }, { cause })
  }
  throw new ChatError('signature-mismatch', { field: 'payload' })
}

/** Whether two JSON values are the same, whatever the order of their keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => sameJson(item, b[i]))
    )
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b)
  const left = new Map<string, unknown>(Object.entries(a))
  const right = Object.entries(b)
  return (
    left.size === right.length &&
    right.every(([key, value]) => left.has(key) && sameJson(left.get(key), value))
  )
}

/** As the official client merges: the server's own `info` stays, ours is added where it has no such field. */
function mergeExtensions(server: JsonRecord | null, ours: JsonRecord | null): JsonRecord | null {
  if (server === null || ours === null) return server ?? ours
  const merged: Record<string, unknown> = { ...server }
  for (const [key, value] of Object.entries(ours)) {
    const declared = merged[key]
    merged[key] = isPlain(declared) && isPlain(value) ? addMissing(declared, value) : value
  }
  return merged
}

function addMissing(target: JsonRecord, source: JsonRecord): JsonRecord {
  const result: Record<string, unknown> = { ...target }
  for (const [key, value] of Object.entries(source)) {
    const present = result[key]
    if (isPlain(present) && isPlain(value)) result[key] = addMissing(present, value)
    else if (!Object.hasOwn(result, key)) result[key] = value
  }
  return result
}

function isPlain(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
