/** What the approval window shows of a call: facts only, nothing that changes by itself. */
import { type AtomicAmount, formatAtomic, ZERO } from '../domain/amount.ts'
import type { Budget, Sums } from '../domain/budget.ts'
import type { Currency } from '../domain/currency.ts'
import { headroom } from '../domain/headroom.ts'
import type { SpendDecision } from '../domain/spend-policy.ts'
import type { GatewayQuote } from '../gateways/gateway.ts'
import type { SpendView } from '../ledger/ledger.ts'
import type { Settings } from '../protocol/settings.ts'
import type { ApprovalView, BudgetView, MeterView } from '../protocol/ui-views.ts'
import type { Addresses } from '../wallet/wallet.ts'
import type { ApprovalContent } from './approvals.ts'
import type { Call } from './call.ts'
import type { InferenceDeps } from './ports.ts'
import { accountOn, type Terms } from './terms.ts'

/** What must happen first, in the same window. */
export type Blocker = 'locked' | 'no-wallet' | 'insufficient-funds' | 'currency-off' | 'allowance-missing'

/** The window before a price is known. */
export function emptyContent(call: Call, state: ApprovalView['state']): ApprovalContent {
  return {
    kind: 'request',
    principal: call.principal,
    state,
    failure: null,
    reasons: [],
    request: null,
    asked: null,
    current: null,
    asksEach: false,
    today: null,
    suggested: { cap: '0', period: 'day', maxPerRequest: '0' },
    siteWords: null,
    balance: null,
    fundAddress: null,
  }
}

/** The price is known, the payee not yet: approving stays disabled, and what may be chosen is there to be read. */
export async function quotedContent(
  deps: InferenceDeps,
  call: Call,
  quote: GatewayQuote,
): Promise<ApprovalContent> {
  const [network] = call.gateway.networks
  if (network === undefined) return emptyContent(call, 'offer')
  const [view, settings] = await Promise.all([
    deps.ledger.view(call.principal, quote.currency),
    deps.settings(),
  ])
  return {
    ...emptyContent(call, 'offer'),
    ...budgetFacts(view, quote.currency, settings),
    request: {
      ...requestBasics(call),
      currency: quote.currency,
      network,
      payTo: null,
      expected: formatAtomic(quote.expected),
      max: formatAtomic(quote.max),
      inputTokens: quote.inputTokens,
      maxOutputTokens: quote.maxOutputTokens,
      opensSession: false,
      sponsoredAllowance: null,
      bothNetworksFunded: false,
    },
  }
}

export interface ContentFacts {
  readonly terms: Terms
  readonly decision: SpendDecision
  readonly view: SpendView
  readonly blocker: Blocker | null
  readonly balance: AtomicAmount | null
  readonly addresses: Addresses
  readonly allowance: AtomicAmount | null
}

/** Everything known: complete enough to be approved, or to say what is missing. */
export async function approvalContent(
  deps: InferenceDeps,
  call: Call,
  facts: ContentFacts,
): Promise<ApprovalContent> {
  const { terms, decision, view, blocker, balance, addresses } = facts
  const { quote, offer } = terms
  return {
    kind: 'request',
    principal: call.principal,
    state: blocker ?? 'ready',
    failure: null,
    reasons: decision.kind === 'ask' ? decision.reasons : [],
    request: {
      ...requestBasics(call),
      currency: quote.currency,
      network: quote.network,
      payTo: offer.payTo,
      expected: quote.expected === null ? null : formatAtomic(quote.expected),
      max: formatAtomic(quote.max),
      inputTokens: quote.inputTokens,
      maxOutputTokens: quote.maxOutputTokens,
      opensSession: offer.scheme === 'upto',
      sponsoredAllowance: facts.allowance === null ? null : formatAtomic(facts.allowance),
      bothNetworksFunded: terms.bothFunded,
    },
    asked: null,
    ...budgetFacts(view, quote.currency, await deps.settings()),
    siteWords: null,
    balance: balance === null ? null : formatAtomic(balance),
    fundAddress: accountOn(addresses, quote.network),
  }
}

/** The cap with its use, for a meter. */
export function budgetView(budget: Budget, used: Sums): BudgetView {
  return {
    id: budget.id,
    currency: budget.currency,
    cap: formatAtomic(budget.cap),
    settled: formatAtomic(used.settled),
    live: formatAtomic(used.live),
    remaining: formatAtomic(remainingOf(budget.cap, used)),
    period: budget.period,
    renewsAtMs: null,
    maxPerRequest: formatAtomic(budget.maxPerRequest),
    models: budget.models,
    expiresAtMs: budget.expiresAtMs,
  }
}

/** The person's own day limit with its use. */
export function dayMeter(currency: Currency, view: Pick<SpendView, 'guards' | 'today'>): MeterView {
  const cap = view.guards.limits[currency].perDay
  return {
    currency,
    cap: formatAtomic(cap),
    settled: formatAtomic(view.today.settled),
    live: formatAtomic(view.today.live),
    remaining: formatAtomic(remainingOf(cap, view.today)),
    period: 'day',
    renewsAtMs: null,
  }
}

/** What a new site is offered, from the settings. */
export function suggestedBudget(settings: Settings, currency: Currency): ApprovalContent['suggested'] {
  return settings.newSite[currency] ?? { cap: '0', period: 'day', maxPerRequest: '0' }
}

/** What the caller has, what is left today, and what it may be given. */
function budgetFacts(view: SpendView, currency: Currency, settings: Settings) {
  const budget = view.grant?.budgets[currency]
  return {
    current: budget ? budgetView(budget, view.period) : null,
    asksEach: view.grant?.mode === 'ask',
    today: dayMeter(currency, view),
    suggested: suggestedBudget(settings, currency),
  }
}

function remainingOf(cap: AtomicAmount, used: Sums): AtomicAmount {
  const room = headroom(cap, used)
  return room.kind === 'left' ? room.amount : ZERO
}

function requestBasics(call: Call) {
  return {
    model: call.prepared.model,
    gatewayId: call.gateway.config.id,
    gatewayName: call.gateway.config.name,
    limitAdded: call.limitAdded,
    settlement: call.prepared.settlement,
  }
}
