/** The budget that is offered for a new site, while a person writes it. */

import type { Period } from '../../domain/budget.ts'
import { CURRENCIES, type Currency, decimalsOf } from '../../domain/currency.ts'
import type { Settings } from '../../protocol/settings.ts'
import { type BudgetDraftErrors, draftOf, parseBudgetDraft } from '../budget/budget-draft.ts'
import { moneyInputText } from '../format/money-input.ts'

export interface NewSiteDraft {
  /** Whole units, as typed. */
  readonly cap: string
  readonly maxPerRequest: string
  readonly period: Period
}

export type NewSitesDraft = Readonly<Partial<Record<Currency, NewSiteDraft>>>
export type NewSitesResult =
  | { readonly kind: 'ok'; readonly newSite: Settings['newSite'] }
  | { readonly kind: 'wrong'; readonly errors: Partial<Record<Currency, BudgetDraftErrors>> }

export function newSitesDraftOf(newSite: Settings['newSite']): NewSitesDraft {
  const draft: Partial<Record<Currency, NewSiteDraft>> = {}
  for (const currency of CURRENCIES) {
    const offered = newSite[currency]
    if (!offered) continue
    draft[currency] = {
      cap: moneyInputText(offered.cap, decimalsOf(currency)),
      maxPerRequest: moneyInputText(offered.maxPerRequest, decimalsOf(currency)),
      period: offered.period,
    }
  }
  return draft
}

/** Checks every figure by the rules of a budget. */
export function parseNewSitesDraft(draft: NewSitesDraft): NewSitesResult {
  const newSite: Settings['newSite'] = {}
  const errors: Partial<Record<Currency, BudgetDraftErrors>> = {}
  for (const currency of CURRENCIES) {
    const one = draft[currency]
    if (!one) continue
    const blank = {
      currency,
      cap: '0',
      maxPerRequest: '0',
      period: one.period,
      models: 'all',
      expiresAtMs: null,
    } as const
    const parsed = parseBudgetDraft({ ...draftOf(blank), cap: one.cap, perRequest: one.maxPerRequest }, 0)
    if (parsed.kind === 'wrong') errors[currency] = parsed.errors
    else {
      const { cap, period, maxPerRequest } = parsed.budget
      newSite[currency] = { cap, period, maxPerRequest }
    }
  }
  return Object.keys(errors).length > 0 ? { kind: 'wrong', errors } : { kind: 'ok', newSite }
}
