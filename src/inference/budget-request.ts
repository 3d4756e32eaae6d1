/** `requestBudget`: a site asks for a budget; the person answers with one, maybe a smaller one. */
import { formatAtomic } from '../domain/amount.ts'
import type { Budget, Grant } from '../domain/budget.ts'
import { ChatError } from '../domain/errors.ts'
import { PANEL } from '../domain/principal.ts'
import { budgetView, dayMeter, suggestedBudget } from './approval-content.ts'
import type { ApprovalContent, ApprovalTicket } from './approvals.ts'
import type { BudgetAsk, Caller } from './inference.ts'
import type { InferenceDeps } from './ports.ts'

/** Resolves with the budget that now holds. Throws ChatError: person-rejected, needs-activation, site-blocked, site-paused, frozen. */
export async function requestBudget(
  deps: InferenceDeps,
  caller: Caller,
  context: { readonly ask: BudgetAsk; readonly signal: AbortSignal },
): Promise<Budget> {
  const { ask, signal } = context
  const grant = await deps.ledger.getGrant(caller.principal)
  if (grant?.mode === 'blocked') throw new ChatError('site-blocked')
  if (grant?.mode === 'paused') throw new ChatError('site-paused')
  const current = grant?.budgets[ask.currency]
  if (current && grant?.mode === 'auto' && covers(current, ask, deps.clock.nowMs())) return current
  if (
    !deps.approvals.isSilenced(caller.principal) &&
    caller.principal !== PANEL &&
    !caller.takeActivation()
  ) {
    throw new ChatError('needs-activation')
  }
  const ticket = deps.approvals.begin(caller.principal, signal)
  try {
    const granted = await askUntilDecided(deps, caller, { ask, ticket })
    const budget = granted.budgets[ask.currency]
    if (!budget) throw new ChatError('person-rejected')
    return budget
  } finally {
    ticket.done()
  }
}

async function askUntilDecided(
  deps: InferenceDeps,
  caller: Caller,
  context: { readonly ask: BudgetAsk; readonly ticket: ApprovalTicket },
): Promise<Grant> {
  for (;;) {
    const answer = await context.ticket.ask(await contentOf(deps, caller, context.ask), null)
    if (answer.kind === 'recheck') continue
    switch (answer.choice.kind) {
      case 'budget':
        return deps.ledger.putBudget(caller.principal, answer.choice.budget, answer.choice.mode)
      case 'block':
        await deps.ledger.setMode(caller.principal, 'blocked')
        throw new ChatError('person-rejected')
      case 'once':
      case 'reject':
        throw new ChatError('person-rejected')
    }
  }
}

async function contentOf(deps: InferenceDeps, caller: Caller, ask: BudgetAsk): Promise<ApprovalContent> {
  const [status, view, settings] = await Promise.all([
    deps.wallet.status(),
    deps.ledger.view(caller.principal, ask.currency),
    deps.settings(),
  ])
  const current = view.grant?.budgets[ask.currency]
  return {
    kind: 'budget',
    principal: caller.principal,
    state: stateOf(status.kind, view.guards.limits[ask.currency].enabled),
    failure: null,
    reasons: [],
    request: null,
    asked: {
      currency: ask.currency,
      cap: formatAtomic(ask.cap),
      period: ask.period,
      maxPerRequest: ask.maxPerRequest === null ? null : formatAtomic(ask.maxPerRequest),
      models: ask.models,
      expiresAtMs: ask.expiresAtMs,
    },
    current: current ? budgetView(current, view.period) : null,
    asksEach: view.grant?.mode === 'ask',
    today: dayMeter(ask.currency, view),
    suggested: suggestedBudget(settings, ask.currency),
    siteWords: ask.siteWords,
    balance: null,
    fundAddress: null,
  }
}

function stateOf(
  wallet: 'none' | 'damaged' | 'locked' | 'unlocked',
  enabled: boolean,
): ApprovalContent['state'] {
  switch (wallet) {
    case 'none':
    case 'damaged':
      return 'no-wallet'
    case 'locked':
      return 'locked'
    case 'unlocked':
      return enabled ? 'ready' : 'currency-off'
  }
}

/** Whether what is granted already is all that is asked for: then nobody is bothered. */
function covers(budget: Budget, ask: BudgetAsk, nowMs: number): boolean {
  const alive = budget.expiresAtMs === null || budget.expiresAtMs > nowMs
  const models =
    budget.models === 'all' ||
    (ask.models !== 'all' && ask.models.every((model) => budget.models.includes(model)))
  const perRequest = ask.maxPerRequest === null || ask.maxPerRequest <= budget.maxPerRequest
  return alive && models && perRequest && budget.period === ask.period && ask.cap <= budget.cap
}
