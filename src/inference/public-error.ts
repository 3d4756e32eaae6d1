/** From our own causes to what a caller may know: docs/PAGE_API.md's table, and nothing before consent. */
import {
  CAUSES,
  type Cause,
  type Charged,
  ChatError,
  type Facts,
  type PublicErrorType,
} from '../domain/errors.ts'
import type { HistoryRow } from '../ledger/ledger.ts'
import { AnswerError } from './inference.ts'

/** What was known when a call failed. */
export interface FailureContext {
  readonly hasGrant: boolean
  readonly charged: Charged
  readonly row: HistoryRow | null
  readonly partial: string | null
}

/** Public types that would tell a site without a grant about the wallet, the budget or the person. */
const TELLING: ReadonlySet<PublicErrorType> = new Set([
  'locked',
  'insufficient_funds',
  'budget_exceeded',
  'unauthorized',
])

export function toAnswerError(error: unknown, context: FailureContext): AnswerError {
  if (error instanceof AnswerError) return error
  const reason: Cause = error instanceof ChatError ? error.reason : 'ledger-failed'
  const facts: Facts = error instanceof ChatError ? error.facts : {}
  const { charged, row, partial, hasGrant } = context
  const type = publicType(reason, charged, hasGrant)
  return new AnswerError(type, reason, facts, charged, row, partial, { cause: error })
}

function publicType(reason: Cause, charged: Charged, hasGrant: boolean): PublicErrorType {
  if (charged !== 'no') return reason === 'aborted' ? 'user_rejected' : 'paid_no_answer'
  const type = CAUSES[reason]
  return !hasGrant && TELLING.has(type) ? 'user_rejected' : type
}
