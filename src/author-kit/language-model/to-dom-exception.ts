import type { ErrorType, X402ChatError } from '../x402chat.d.ts'

/** Names that Prompt API code knows. Source: docs/PAGE_API.md. */
const NAMES: Readonly<Record<Exclude<ErrorType, 'invalid_request'>, string>> = {
  user_rejected: 'NotAllowedError',
  unauthorized: 'NotAllowedError',
  locked: 'InvalidStateError',
  unsupported: 'NotSupportedError',
  request_pending: 'InvalidStateError',
  activation_required: 'InvalidStateError',
  rate_limited: 'QuotaExceededError',
  budget_exceeded: 'QuotaExceededError',
  insufficient_funds: 'QuotaExceededError',
  quote_exceeded: 'OperationError',
  paid_no_answer: 'OperationError',
  gateway_failed: 'NetworkError',
  disconnected: 'NetworkError',
  idempotency_conflict: 'DataError',
}

/** The error as a DOMException or TypeError, with the original as its cause; anything else stays what it is. */
export function toDomException(error: unknown): unknown {
  if (!isPageError(error)) return error
  const { type, message } = error
  const told = type === 'invalid_request' ? new TypeError(message) : new DOMException(message, NAMES[type])
  Object.defineProperty(told, 'cause', { value: error, configurable: true })
  return told
}

function isPageError(error: unknown): error is X402ChatError {
  return error instanceof Error && error.name === 'X402ChatError' && 'type' in error
}
