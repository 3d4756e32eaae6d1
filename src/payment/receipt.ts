import { type AtomicAmount, parseAtomic } from '../domain/amount.ts'
import { plainText } from '../domain/plain-text.ts'
import { decodeBase64Text } from './base64.ts'
import type { ReceiptFacts } from './offer.ts'
import { readRecord } from './parse-requirement.ts'
import { parseStrictJson } from './strict-json.ts'

/** Reads a PAYMENT-RESPONSE header. Null where there is none or it cannot be read: a receipt that says nothing proves nothing. */
export function parseReceipt(header: string | null): ReceiptFacts | null {
  const receipt = readRecord(decode(header))
  if (!receipt || typeof receipt.success !== 'boolean') return null
  return {
    success: receipt.success,
    transaction: identifier(receipt.transaction),
    network: identifier(receipt.network),
    payer: identifier(receipt.payer),
    amount: amount(receipt.amount),
    errorReason: typeof receipt.errorReason === 'string' ? plainText(receipt.errorReason, 200) : null,
  }
}

function decode(header: string | null): unknown {
  if (header === null || header.length > 32 * 1024) return undefined
  const text = decodeBase64Text(header)
  if (text === undefined) return undefined
  try {
    return parseStrictJson(text, { maxDepth: 8, maxStringBytes: 2048 })
  } catch {
    return undefined
  }
}

/** Addresses, CAIP-2 ids and transaction ids: letters, digits, colon, dash; at most 128. */
function identifier(value: unknown): string | null {
  return typeof value === 'string' && /^[0-9A-Za-z:_-]{1,128}$/.test(value) ? value : null
}

function amount(value: unknown): AtomicAmount | null {
  if (typeof value !== 'string' || !/^(0|[1-9][0-9]{0,77})$/.test(value)) return null
  return parseAtomic(value)
}
