/** A budget while a person writes it: text as typed, checked as a whole. */
import type { Period } from '../../domain/budget.ts'
import { type Currency, decimalsOf } from '../../domain/currency.ts'
import type { BudgetInput } from '../../protocol/ui-protocol.ts'
import { moneyInputText, parseMoneyInput } from '../format/money-input.ts'
import { t } from '../words.ts'

export type ExpiryChoice = 'keep' | 'never' | 'day' | 'week' | 'month'

export interface BudgetDraft {
  readonly id: string | null
  readonly currency: Currency
  /** Whole units, as typed. */
  readonly cap: string
  readonly perRequest: string
  readonly period: Period
  readonly models: 'all' | 'listed'
  /** One model to a line. */
  readonly modelLines: string
  readonly expiry: ExpiryChoice
  /** What `keep` keeps; null: no end. */
  readonly expiresAtMs: number | null
}

export type BudgetDraftResult =
  | { readonly kind: 'ok'; readonly budget: BudgetInput }
  | { readonly kind: 'wrong'; readonly errors: BudgetDraftErrors }

export type BudgetDraftErrors = Partial<Record<'cap' | 'perRequest' | 'modelLines', string>>

const DAY_MS = 86_400_000
const SPANS_MS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS }

/** The draft that a budget is edited from. Amounts are decimal strings in atomic units. */
export function draftOf(budget: {
  readonly id?: string
  readonly currency: Currency
  readonly cap: string
  readonly period: Period
  readonly maxPerRequest: string
  readonly models: 'all' | readonly string[]
  readonly expiresAtMs: number | null
}): BudgetDraft {
  const decimals = decimalsOf(budget.currency)
  return {
    id: budget.id ?? null,
    currency: budget.currency,
    cap: moneyInputText(budget.cap, decimals),
    perRequest: moneyInputText(budget.maxPerRequest, decimals),
    period: budget.period,
    models: budget.models === 'all' ? 'all' : 'listed',
    modelLines: budget.models === 'all' ? '' : budget.models.join('\n'),
    expiry: 'keep',
    expiresAtMs: budget.expiresAtMs,
  }
}

/** Checks a draft: amounts that can be read and are not zero, no more per request than in all, at least one model. */
export function parseBudgetDraft(draft: BudgetDraft, nowMs: number): BudgetDraftResult {
  const decimals = decimalsOf(draft.currency)
  const cap = parseMoneyInput(draft.cap, decimals)
  const perRequest = parseMoneyInput(draft.perRequest, decimals)
  const models = draft.modelLines.split('\n').flatMap((line) => line.trim() || [])
  const errors: BudgetDraftErrors = {}
  if (cap.kind !== 'amount') errors.cap = amountError(cap)
  else if (cap.amount === 0n) errors.cap = t('budget.errors.zero')
  if (perRequest.kind !== 'amount') errors.perRequest = amountError(perRequest)
  else if (perRequest.amount === 0n) errors.perRequest = t('budget.errors.zero')
  else if (!errors.cap && cap.kind === 'amount' && perRequest.amount > cap.amount) {
    errors.perRequest = t('budget.errors.perRequestAboveCap')
  }
  if (draft.models === 'listed' && models.length === 0) errors.modelLines = t('budget.errors.noModel')
  if (Object.keys(errors).length > 0 || cap.kind !== 'amount' || perRequest.kind !== 'amount') {
    return { kind: 'wrong', errors }
  }
  return {
    kind: 'ok',
    budget: {
      ...(draft.id === null ? {} : { id: draft.id }),
      currency: draft.currency,
      cap: cap.amount.toString(),
      period: draft.period,
      maxPerRequest: perRequest.amount.toString(),
      models: draft.models === 'all' ? 'all' : models,
      expiresAtMs: expiryOf(draft, nowMs),
    },
  }
}

/** Why typed text is no amount. */
export function amountError(input: Exclude<ReturnType<typeof parseMoneyInput>, { kind: 'amount' }>): string {
  switch (input.kind) {
    case 'empty':
      return t('budget.errors.empty')
    case 'not-a-number':
      return t('budget.errors.notANumber')
    case 'too-many-decimals':
      return t('budget.errors.decimals', { count: input.decimals })
  }
}

function expiryOf(draft: BudgetDraft, nowMs: number): number | null {
  switch (draft.expiry) {
    case 'keep':
      return draft.expiresAtMs
    case 'never':
      return null
    case 'day':
    case 'week':
    case 'month':
      return nowMs + SPANS_MS[draft.expiry]
  }
}
