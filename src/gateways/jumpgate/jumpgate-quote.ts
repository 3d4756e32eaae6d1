import { type AtomicAmount, toAtomic } from '../../domain/amount.ts'
import { ChatError } from '../../domain/errors.ts'
import { describeError } from '../describe-error.ts'
import { type JsonRecord, readJson, readRecord } from '../frame-reader.ts'
import type { GatewayQuote } from '../gateway.ts'

/** Reads the quote endpoint's answer; amounts are µUSDC, which are USDC's atomic units. Throws ChatError 'quote-failed'. */
export function parseJumpgateQuote(status: number, bodyText: string): GatewayQuote {
  if (status < 200 || status > 299) throw failed(describeError(status, '', bodyText))
  const quote = readRecord(readJson(bodyText))
  if (!quote) throw failed('The quote is not JSON')
  const expected = readMicros(quote.amount_micro_usdc)
  const max = readMicros(quote.max_amount_micro_usdc)
  if (expected === undefined || max === undefined || max < expected)
    throw failed('The quote names no usable price')
  return {
    expected,
    max,
    currency: 'USDC',
    inputTokens: readCount(quote.input_tokens),
    maxOutputTokens: readCount(quote.output_tokens),
    headers: readHeaders(quote.headers),
  }
}

function readMicros(value: unknown): AtomicAmount | undefined {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) return undefined
  return toAtomic(BigInt(value))
}

function readCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

/** The pricing headers, to be sent back unchanged; a name outside `x402-` could change the request and is refused. */
function readHeaders(value: unknown): Readonly<Record<string, string>> {
  const headers: JsonRecord | undefined = readRecord(value)
  if (!headers) throw failed('The quote has no pricing headers')
  const entries = Object.entries(headers)
  if (entries.length === 0 || entries.length > 16) throw failed('The quote has no usable pricing headers')
  const read: Record<string, string> = {}
  for (const [name, text] of entries) {
    if (
      !/^x402-[a-z0-9-]{1,60}$/i.test(name) ||
      typeof text !== 'string' ||
      !/^[\x20-\x7e]{0,256}$/.test(text)
    ) {
      throw failed('The quote has a pricing header that is none')
    }
    read[name] = text
  }
  return read
}

function failed(detail: string): ChatError {
  return new ChatError('quote-failed', { detail })
}
