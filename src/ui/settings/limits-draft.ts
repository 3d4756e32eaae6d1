/** The person's own limits while they write them. */
import { formatAtomic, parseAtomic } from '../../domain/amount.ts'
import { CURRENCIES, type Currency, decimalsOf } from '../../domain/currency.ts'
import type { GuardsView } from '../../protocol/ui-views.ts'
import { amountError } from '../budget/budget-draft.ts'
import { moneyInputText, parseMoneyInput } from '../format/money-input.ts'
import { t } from '../words.ts'

export interface LimitDraft {
  readonly enabled: boolean
  /** Whole units, as typed. */
  readonly maxPerRequest: string
  readonly perDay: string
}

export type LimitsDraft = Readonly<Record<Currency, LimitDraft>>
export type LimitErrors = Partial<Record<'maxPerRequest' | 'perDay', string>>
export type Limits = GuardsView['limits']

export type LimitsDraftResult =
  | { readonly kind: 'ok'; readonly limits: Limits }
  | { readonly kind: 'wrong'; readonly errors: Partial<Record<Currency, LimitErrors>> }

/** What the limits are edited from. */
export function limitsDraftOf(limits: Limits): LimitsDraft {
  return everyCurrency((currency) => ({
    enabled: limits[currency].enabled,
    maxPerRequest: moneyInputText(limits[currency].maxPerRequest, decimalsOf(currency)),
    perDay: moneyInputText(limits[currency].perDay, decimalsOf(currency)),
  }))
}

/** Checks every figure: readable, and no request above the day. Nothing at all is a limit too. */
export function parseLimitsDraft(draft: LimitsDraft): LimitsDraftResult {
  const parsed = everyCurrency((currency) => parseLimit(draft[currency], decimalsOf(currency)))
  const errors: Partial<Record<Currency, LimitErrors>> = {}
  for (const currency of CURRENCIES) {
    const one = parsed[currency]
    if (one.kind === 'wrong') errors[currency] = one.errors
  }
  if (Object.keys(errors).length > 0) return { kind: 'wrong', errors }
  return {
    kind: 'ok',
    limits: everyCurrency((currency) => {
      const one = parsed[currency]
      if (one.kind === 'wrong') throw new Error('Wrong limits were sorted out above')
      return one.limit
    }),
  }
}

/** Whether anything may cost more than before: then the background wants the password. */
export function raises(before: Limits, after: Limits): boolean {
  return CURRENCIES.some((currency) => {
    const [old, next] = [before[currency], after[currency]]
    return (
      (next.enabled && !old.enabled) ||
      parseAtomic(next.maxPerRequest) > parseAtomic(old.maxPerRequest) ||
      parseAtomic(next.perDay) > parseAtomic(old.perDay)
    )
  })
}

type ParsedLimit =
  | { readonly kind: 'ok'; readonly limit: Limits[Currency] }
  | { readonly kind: 'wrong'; readonly errors: LimitErrors }

function parseLimit(draft: LimitDraft, decimals: number): ParsedLimit {
  const request = parseMoneyInput(draft.maxPerRequest, decimals)
  const day = parseMoneyInput(draft.perDay, decimals)
  if (request.kind === 'amount' && day.kind === 'amount') {
    if (request.amount > day.amount) {
      return { kind: 'wrong', errors: { maxPerRequest: t('limits.errors.requestAboveDay') } }
    }
    return {
      kind: 'ok',
      limit: {
        enabled: draft.enabled,
        maxPerRequest: formatAtomic(request.amount),
        perDay: formatAtomic(day.amount),
      },
    }
  }
  return {
    kind: 'wrong',
    errors: {
      ...(request.kind === 'amount' ? {} : { maxPerRequest: amountError(request) }),
      ...(day.kind === 'amount' ? {} : { perDay: amountError(day) }),
    },
  }
}

function everyCurrency<T>(make: (currency: Currency) => T): Record<Currency, T> {
  return { USDC: make('USDC'), OPG: make('OPG'), tUSDC: make('tUSDC'), tOPG: make('tOPG') }
}
