import { type AtomicAmount, parseDecimal } from './amount.ts'
import type { Budget, Limit, Limits } from './budget.ts'
import { type Currency, decimalsOf } from './currency.ts'
import { PANEL, type Principal } from './principal.ts'

/**
 * The person's limits before they chose any. OPG and its test twin are off until enabled. 5 OPG is the largest session
 * cap that an OpenGradient gateway asks for. Source: docs/PAYMENTS.md.
 */
export const DEFAULT_LIMITS: Limits = {
  USDC: limit('USDC', { enabled: true, maxPerRequest: '0.05', perDay: '5' }),
  OPG: limit('OPG', { enabled: false, maxPerRequest: '5', perDay: '10' }),
  tUSDC: limit('tUSDC', { enabled: true, maxPerRequest: '0.05', perDay: '5' }),
  tOPG: limit('tOPG', { enabled: false, maxPerRequest: '5', perDay: '10' }),
}

/**
 * The budget that is proposed for a principal: a site gets $0.50 a day, the side panel $1; either gets 1 OPG a day.
 * One request may cost a tenth of a site's day.
 */
export function defaultBudget(principal: Principal, currency: Currency): Omit<Budget, 'id'> {
  const figures = principal === PANEL ? PANEL_FIGURES[currency] : SITE_FIGURES[currency]
  return {
    currency,
    cap: whole(currency, figures.cap),
    period: 'day',
    maxPerRequest: whole(currency, figures.maxPerRequest),
    models: 'all',
    expiresAtMs: null,
  }
}

/** The allowance for Permit2 that is proposed when the person enables OPG, in atomic units: 10 OPG. */
export const DEFAULT_OPG_ALLOWANCE: AtomicAmount = whole('OPG', '10')

interface BudgetFigures {
  readonly cap: string
  readonly maxPerRequest: string
}

const SITE_FIGURES: Readonly<Record<Currency, BudgetFigures>> = {
  USDC: { cap: '0.5', maxPerRequest: '0.05' },
  OPG: { cap: '1', maxPerRequest: '0.1' },
  tUSDC: { cap: '0.5', maxPerRequest: '0.05' },
  tOPG: { cap: '1', maxPerRequest: '0.1' },
}

const PANEL_FIGURES: Readonly<Record<Currency, BudgetFigures>> = {
  USDC: { cap: '1', maxPerRequest: '0.05' },
  OPG: { cap: '1', maxPerRequest: '0.1' },
  tUSDC: { cap: '1', maxPerRequest: '0.05' },
  tOPG: { cap: '1', maxPerRequest: '0.1' },
}

function limit(
  currency: Currency,
  figures: { readonly enabled: boolean; readonly maxPerRequest: string; readonly perDay: string },
): Limit {
  return {
    enabled: figures.enabled,
    maxPerRequest: whole(currency, figures.maxPerRequest),
    perDay: whole(currency, figures.perDay),
  }
}

function whole(currency: Currency, text: string): AtomicAmount {
  return parseDecimal(text, decimalsOf(currency))
}
