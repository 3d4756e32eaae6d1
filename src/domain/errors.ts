/** Errors carry a code, facts and a cause. A page sees only the public types below; texts live in one table. */

/** Public types and codes: docs/PAGE_API.md (EIP-1193, EIP-1474 and this project's 44xx). */
export const PUBLIC_ERRORS = {
  user_rejected: 4001,
  unauthorized: 4100,
  locked: 4100,
  unsupported: 4200,
  invalid_request: -32602,
  request_pending: -32002,
  activation_required: -32002,
  rate_limited: -32005,
  budget_exceeded: 4402,
  insufficient_funds: 4403,
  quote_exceeded: 4404,
  paid_no_answer: 4405,
  gateway_failed: 4900,
  disconnected: 4900,
  idempotency_conflict: -32600,
} as const
export type PublicErrorType = keyof typeof PUBLIC_ERRORS

/** Whether money moved: no = nothing was signed, or its release is proven; maybe = a signature left; yes = settled. */
export type Charged = 'no' | 'maybe' | 'yes'

/** Why something was refused or failed, in our own words; each maps to one public type. */
export const CAUSES = {
  // the person and the wallet
  'person-rejected': 'user_rejected',
  'approval-timeout': 'user_rejected',
  'site-silenced': 'user_rejected',
  'site-paused': 'unauthorized',
  'site-blocked': 'unauthorized',
  'no-grant': 'unauthorized',
  'wallet-missing': 'locked',
  'wallet-locked': 'locked',
  'unlock-expired': 'locked',
  frozen: 'locked',
  'clock-wrong': 'locked',
  'clock-unknown': 'locked',
  // the caller
  'unknown-method': 'unsupported',
  'unsupported-parameter': 'unsupported',
  'unknown-model': 'invalid_request',
  'invalid-body': 'invalid_request',
  'body-too-large': 'invalid_request',
  'needs-activation': 'activation_required',
  'already-pending': 'request_pending',
  'queue-full': 'request_pending',
  'too-many-calls': 'rate_limited',
  'key-conflict': 'idempotency_conflict',
  aborted: 'user_rejected',
  // money
  'over-budget': 'budget_exceeded',
  'over-limit-request': 'budget_exceeded',
  'over-limit-day': 'budget_exceeded',
  'currency-off': 'budget_exceeded',
  'unknown-quote': 'quote_exceeded',
  'over-max-cost': 'quote_exceeded',
  'over-approved': 'quote_exceeded',
  'insufficient-funds': 'insufficient_funds',
  'allowance-missing': 'insufficient_funds',
  'grant-changed': 'unauthorized',
  // the gateway and its 402
  'offer-malformed': 'gateway_failed',
  'offer-version': 'gateway_failed',
  'offer-unsupported': 'gateway_failed',
  'offer-unsafe': 'gateway_failed',
  'offer-changed': 'gateway_failed',
  'quote-failed': 'gateway_failed',
  'gateway-refused': 'gateway_failed',
  'gateway-unreachable': 'gateway_failed',
  'gateway-error': 'gateway_failed',
  'stream-truncated': 'gateway_failed',
  'stream-too-large': 'gateway_failed',
  'stream-silent': 'gateway_failed',
  'answer-gone': 'paid_no_answer',
  'signature-mismatch': 'gateway_failed',
  // ourselves
  'ledger-failed': 'gateway_failed',
  'rpc-failed': 'gateway_failed',
  restarting: 'disconnected',
} as const satisfies Record<string, PublicErrorType>
export type Cause = keyof typeof CAUSES

/** Facts about an error: shown to the person, never to a page unless mapped. Strings only, no secrets. */
export type Facts = Readonly<Record<string, string>>

/** Thrown wherever a rule or the world says no. Match on `reason`, never on texts. */
export class ChatError extends Error {
  override readonly name = 'ChatError'
  /** By name: a script that is loaded later carries its own copy of this class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'ChatError'
  }
  constructor(
    readonly reason: Cause,
    readonly facts: Facts = {},
    options?: { cause?: unknown },
  ) {
    super(reason, options)
  }
  get publicType(): PublicErrorType {
    return CAUSES[this.reason]
  }
}

export function isChatError(error: unknown): error is ChatError {
  return error instanceof ChatError
}
