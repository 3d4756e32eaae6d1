import { PUBLIC_ERRORS, type PublicErrorType } from '../../domain/errors.ts'
import { toAnswerError } from '../../inference/public-error.ts'
import type { PageFailure } from '../../protocol/page-messages.ts'
import { PUBLIC_ERROR_TEXTS } from './public-error-texts.ts'
import { receiptView } from './receipt-view.ts'

/** What the drop-in `fetch` answers with; clients repeat only 503, where nothing was signed. Source: docs/PAGE_API.md. */
const STATUS: Readonly<Record<PublicErrorType, number>> = {
  user_rejected: 403,
  unauthorized: 403,
  locked: 403,
  unsupported: 400,
  invalid_request: 400,
  request_pending: 403,
  activation_required: 403,
  rate_limited: 403,
  budget_exceeded: 402,
  insufficient_funds: 402,
  quote_exceeded: 402,
  paid_no_answer: 424,
  gateway_failed: 503,
  disconnected: 503,
  idempotency_conflict: 422,
}

/** From whatever was thrown to what a page may know. */
export function toPageFailure(error: unknown, hasGrant: boolean): PageFailure {
  const answer = toAnswerError(error, { hasGrant, charged: 'no', row: null, partial: null })
  const { type, charged, row, partial, facts } = answer
  const named = facts.parameter ?? facts.field ?? facts.model
  const isOwnWords = type === 'invalid_request' || type === 'unsupported'
  return {
    type,
    code: PUBLIC_ERRORS[type],
    message: PUBLIC_ERROR_TEXTS[type] + (isOwnWords && named ? ` (${named})` : ''),
    charged,
    receipt: row && receiptView(row),
    partial,
    status: charged === 'no' ? STATUS[type] : Math.min(STATUS[type], 424),
  }
}
