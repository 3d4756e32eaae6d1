/** The figures with which OPG is switched on, while a person writes them. */
import { type AtomicAmount, formatAtomic } from '../../domain/amount.ts'
import { decimalsOf } from '../../domain/currency.ts'
import { DEFAULT_OPG_ALLOWANCE } from '../../domain/default-limits.ts'
import { amountError } from '../budget/budget-draft.ts'
import { moneyInputText, parseMoneyInput } from '../format/money-input.ts'
import { t } from '../words.ts'

export interface OpgDraft {
  /** Whole OPG, as typed. */
  readonly allowance: string
  readonly perDay: string
  readonly perSession: string
}

export interface OpgFigures {
  readonly allowance: AtomicAmount
  readonly perDay: AtomicAmount
  readonly perSession: AtomicAmount
}

export type OpgErrors = Partial<Record<keyof OpgDraft, string>>

export type OpgDraftResult =
  | { readonly kind: 'ok'; readonly figures: OpgFigures }
  | { readonly kind: 'wrong'; readonly errors: OpgErrors }

const DECIMALS = decimalsOf('OPG')
/** The proposal: 10 OPG of allowance, and the limits as they are. Amounts are decimal strings in atomic units. */
export function opgDraftOf(limit: { readonly perDay: string; readonly maxPerRequest: string }): OpgDraft {
  return {
    allowance: moneyInputText(formatAtomic(DEFAULT_OPG_ALLOWANCE), DECIMALS),
    perDay: moneyInputText(limit.perDay, DECIMALS),
    perSession: moneyInputText(limit.maxPerRequest, DECIMALS),
  }
}

/** Checks the figures: finite, more than nothing, a session within the day. */
export function parseOpgDraft(draft: OpgDraft): OpgDraftResult {
  const allowance = parseMoneyInput(draft.allowance, DECIMALS)
  const perDay = parseMoneyInput(draft.perDay, DECIMALS)
  const perSession = parseMoneyInput(draft.perSession, DECIMALS)
  const errors: OpgErrors = {
    ...named('allowance', wrongWith(allowance)),
    ...named('perDay', wrongWith(perDay)),
    ...named('perSession', wrongWith(perSession)),
  }
  if (allowance.kind !== 'amount' || perDay.kind !== 'amount' || perSession.kind !== 'amount') {
    return { kind: 'wrong', errors }
  }
  const above = perSession.amount > perDay.amount ? { perSession: t('opg.errors.sessionAboveDay') } : {}
  const all = { ...above, ...errors }
  if (Object.keys(all).length > 0) return { kind: 'wrong', errors: all }
  return {
    kind: 'ok',
    figures: { allowance: allowance.amount, perDay: perDay.amount, perSession: perSession.amount },
  }
}

/** Checks one allowance alone. */
export function parseAllowance(
  text: string,
):
  | { readonly kind: 'ok'; readonly amount: AtomicAmount }
  | { readonly kind: 'wrong'; readonly error: string } {
  const typed = parseMoneyInput(text, DECIMALS)
  const error = wrongWith(typed)
  if (error !== undefined || typed.kind !== 'amount') return { kind: 'wrong', error: error ?? '' }
  return { kind: 'ok', amount: typed.amount }
}

function wrongWith(input: ReturnType<typeof parseMoneyInput>): string | undefined {
  if (input.kind !== 'amount') return amountError(input)
  return input.amount === 0n ? t('budget.errors.zero') : undefined
}

function named(field: keyof OpgDraft, error: string | undefined): OpgErrors {
  return error === undefined ? {} : { [field]: error }
}
