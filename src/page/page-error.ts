import type { PageFailure } from '../protocol/page-messages.ts'

/** What a failed call throws: EIP-1193-like code, a type, whether money moved, and the receipt and text so far where there are any. */
export class X402ChatError extends Error {
  readonly code: number
  readonly type: PageFailure['type']
  readonly charged: PageFailure['charged']
  readonly receipt: unknown
  readonly partial: string | null
  /** What the drop-in `fetch` answers with. */
  readonly status: number
  constructor({ message, code, type, charged, receipt, partial, status }: PageFailure) {
    super(message)
    this.name = 'X402ChatError'
    this.code = code
    this.type = type
    this.charged = charged
    this.receipt = receipt
    this.partial = partial
    this.status = status
  }
}

/** A failure that this side of the worker finds out by itself. */
export function localFailure(
  type: 'invalid_request' | 'disconnected' | 'paid_no_answer',
  message: string,
): PageFailure {
  const [code, status, charged] = LOCAL[type]
  return { type, code, message, charged, receipt: null, partial: null, status }
}

const LOCAL = {
  invalid_request: [-32602, 400, 'no'],
  disconnected: [4900, 503, 'no'],
  paid_no_answer: [4405, 424, 'maybe'],
} as const
