import { ChatError, type Facts } from '../domain/errors.ts'
import { plainText } from '../domain/plain-text.ts'
import { decodeBase64Text } from './base64.ts'
import type { Offer, OfferSet, SkippedEntry } from './offer.ts'
import { type OfferContext, parseRequirement, readRecord } from './parse-requirement.ts'
import { type JsonBounds, JsonRefusal, parseStrictJson } from './strict-json.ts'

/** Bounds of a 402. Source: docs/SECURITY.md, 402 and payment. */
export const MAX_HEADER_BYTES = 32 * 1024
export const MAX_BODY_BYTES = 64 * 1024
export const MAX_ENTRIES = 16
export const BOUNDS: JsonBounds = { maxDepth: 8, maxStringBytes: 2048 }
/** A body is read for its version and its error alone: v1's schemas and descriptions go deeper and on for longer. */
const BODY_BOUNDS: JsonBounds = { maxDepth: 64, maxStringBytes: MAX_BODY_BYTES }

/**
 * Reads a 402 strictly. Throws ChatError: 'offer-version' (x402 v1 or one unknown), 'offer-malformed' (not what the
 * specification says; `facts.problem` 'no-header' where there is no offer at all), 'offer-unsafe' (well formed, but
 * nothing that this wallet may sign), 'offer-unsupported' (no entry on a network, asset and scheme that it pays).
 */
export function parsePaymentRequired(
  header: string | null,
  bodyText: string | null,
  context: OfferContext,
): OfferSet {
  if (header === null || header === '') return refuseWithoutHeader(bodyText)
  const root = readRecord(decodeHeader(header))
  if (!root) throw malformed({ problem: 'not-an-object' })
  requireVersion(root.x402Version)
  const serverError = readServerError(root.error)
  const resource = readOptionalRecord(root.resource, 'resource')
  const extensions = readOptionalRecord(root.extensions, 'extensions')
  const entries = readEntries(root.accepts)
  const offers: Offer[] = []
  const skipped: SkippedEntry[] = []
  for (const [index, entry] of entries.entries()) {
    const result = parseRequirement(entry, { ...context, index, extensions })
    if (result.kind === 'offer') offers.push(result.offer)
    else skipped.push(result.entry)
  }
  if (offers.length === 0) throw unsupported(skipped, serverError)
  return { offers, skipped, serverError, resource, extensions }
}

function decodeHeader(header: string): unknown {
  if (header.length > MAX_HEADER_BYTES) throw malformed({ problem: 'header-too-large' })
  const text = decodeBase64Text(header)
  if (text === undefined) throw malformed({ problem: 'not-base64' })
  try {
    return parseStrictJson(text, BOUNDS)
  } catch (error) {
    if (error instanceof JsonRefusal)
      throw malformed({ problem: error.problem, path: plainText(error.path, 120) })
    throw error
  }
}

/** x402 v1 puts its offer into the body; v2's offer is in the header, and nowhere else. */
function refuseWithoutHeader(bodyText: string | null): never {
  const body = readBody(bodyText)
  if (body && 'accepts' in body) {
    requireVersion(body.x402Version)
  }
  const serverError = body ? readServerError(body.error) : null
  throw malformed({ problem: 'no-header', ...(serverError === null ? {} : { serverError }) })
}

function readBody(bodyText: string | null): Readonly<Record<string, unknown>> | undefined {
  if (bodyText === null || bodyText.length > MAX_BODY_BYTES) return undefined
  try {
    return readRecord(parseStrictJson(bodyText, BODY_BOUNDS))
  } catch {
    return undefined
  }
}

function requireVersion(version: unknown): void {
  if (version === 2) return
  if (typeof version === 'number') throw new ChatError('offer-version', { version: String(version) })
  throw malformed({ problem: 'bad-version' })
}

function readServerError(value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') throw malformed({ problem: 'bad-error' })
  const text = plainText(value, 200)
  return text === '' ? null : text
}

function readOptionalRecord(value: unknown, key: string): Readonly<Record<string, unknown>> | null {
  if (value === undefined || value === null) return null
  const record = readRecord(value)
  if (!record) throw malformed({ problem: `bad-${key}` })
  return record
}

function readEntries(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed({ problem: 'bad-accepts' })
  if (value.length > MAX_ENTRIES) throw malformed({ problem: 'too-many-entries' })
  return value
}

function malformed(facts: Facts): ChatError {
  return new ChatError('offer-malformed', facts)
}

function unsupported(skipped: readonly SkippedEntry[], serverError: string | null): ChatError {
  return new ChatError('offer-unsupported', {
    skipped: plainText(skipped.map(({ what, value }) => `${what} ${value}`).join('; '), 400),
    ...(serverError === null ? {} : { serverError }),
  })
}
