import type { StandInFailure } from './stand-in-options.ts'
import type { Failure } from './wire.ts'

/** Code and status of each type. Source: docs/PAGE_API.md. */
const CODES = {
  user_rejected: [4001, 403],
  unauthorized: [4100, 403],
  locked: [4100, 403],
  unsupported: [4200, 400],
  invalid_request: [-32602, 400],
  request_pending: [-32002, 403],
  activation_required: [-32002, 403],
  rate_limited: [-32005, 403],
  budget_exceeded: [4402, 402],
  insufficient_funds: [4403, 402],
  quote_exceeded: [4404, 402],
  paid_no_answer: [4405, 424],
  gateway_failed: [4900, 503],
  disconnected: [4900, 503],
  idempotency_conflict: [-32600, 422],
} as const

export function pageFailure({ error: type, message, charged, after }: StandInFailure): Failure {
  const [code, status] = CODES[type]
  return {
    ...{ type, code, status },
    message: message ?? `The stand-in was told to fail with ${type}.`,
    charged: charged ?? (type === 'paid_no_answer' ? 'maybe' : 'no'),
    receipt: null,
    partial: after ?? null,
  }
}
