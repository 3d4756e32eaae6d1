/** The budgets that an approval offers: three sensible ones around what the site has, what is suggested or asked for. */
import { type AtomicAmount, maximum, parseAtomic, toAtomic } from '../../domain/amount.ts'
import type { ApprovalView } from '../../protocol/ui-views.ts'
import { type BudgetDraft, draftOf } from '../budget/budget-draft.ts'

export interface BudgetPreset {
  readonly key: 'low' | 'middle' | 'high'
  readonly draft: BudgetDraft
}

/** Null where there is nothing to base a budget on. */
export function budgetPresets(view: ApprovalView): {
  readonly presets: readonly BudgetPreset[]
  readonly preferred: BudgetPreset['key']
} | null {
  if (view.asked) return askedPresets(view, view.asked)
  if (view.request) return suggestedPresets(view, view.request)
  return null
}

function askedPresets(view: ApprovalView, asked: NonNullable<ApprovalView['asked']>) {
  const cap = parseAtomic(asked.cap)
  const perRequest = asked.maxPerRequest ?? view.suggested.maxPerRequest
  const preset = (key: BudgetPreset['key'], parts: bigint): BudgetPreset => {
    const lowered = maximum(toAtomic(cap / parts), toAtomic(1n))
    return {
      key,
      draft: draftOf({
        ...(view.current ? { id: view.current.id } : {}),
        ...asked,
        cap: lowered.toString(),
        maxPerRequest: least(parseAtomic(perRequest), lowered).toString(),
      }),
    }
  }
  return {
    presets: [preset('low', 5n), preset('middle', 2n), preset('high', 1n)],
    preferred: 'high' as const,
  }
}

function suggestedPresets(view: ApprovalView, request: NonNullable<ApprovalView['request']>) {
  const base = baseOf(view, request)
  const cap = parseAtomic(base.cap)
  const needed = parseAtomic(request.max ?? '0')
  const preset = (key: BudgetPreset['key'], size: bigint): BudgetPreset => {
    // A budget that could not pay for the request at hand would be no answer to it.
    const enough = maximum(toAtomic(size), needed)
    const perRequest = maximum(parseAtomic(base.maxPerRequest), needed)
    return {
      key,
      draft: draftOf({
        ...base,
        cap: enough.toString(),
        maxPerRequest: least(perRequest, enough).toString(),
      }),
    }
  }
  const presets = [preset('middle', cap), preset('low', cap / 5n || 1n), preset('high', cap * 4n)]
  return { presets: distinct(presets), preferred: 'middle' as const }
}

/** The budget that the site has, which nothing but a person's choice widens; else what a new site is offered. */
function baseOf(view: ApprovalView, { currency }: NonNullable<ApprovalView['request']>) {
  const { current, suggested, reasons } = view
  if (current === null) return { ...suggested, currency, models: 'all', expiresAtMs: null } as const
  const { id, cap, period, maxPerRequest, models } = current
  const expiresAtMs = reasons.includes('budget-expired') ? null : current.expiresAtMs
  return { id, currency, cap, period, maxPerRequest, models, expiresAtMs }
}

/** In ascending order; of two with the same cap the one that was named first stays. */
function distinct(presets: readonly BudgetPreset[]): readonly BudgetPreset[] {
  const order = ['low', 'middle', 'high']
  return presets
    .filter((one, index) => presets.findIndex(({ draft }) => draft.cap === one.draft.cap) === index)
    .sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key))
}

function least(a: AtomicAmount, b: AtomicAmount): AtomicAmount {
  return a < b ? a : b
}
