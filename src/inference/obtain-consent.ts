/** From a call to a yes: asks the rules, asks the person where the rules say so, and stops where either says no. */
import type { AtomicAmount } from '../domain/amount.ts'
import { hasBudget } from '../domain/budget.ts'
import { type Cause, ChatError, isChatError } from '../domain/errors.ts'
import { PANEL } from '../domain/principal.ts'
import { QUOTE_TTL_MS } from '../domain/quote.ts'
import type { RefuseReason } from '../domain/spend-policy.ts'
import type { GatewayQuote } from '../gateways/gateway.ts'
import type { Addresses } from '../wallet/wallet.ts'
import { approvalContent, type Blocker, emptyContent } from './approval-content.ts'
import type { ApprovalChoice, ApprovalContent, ApprovalTicket } from './approvals.ts'
import type { Call } from './call.ts'
import type { Consent, ConsentDeps } from './consent.ts'
import { judge, judgeAndReserve, maxCostIn } from './judge.ts'
import { allowanceStateOf, lackOf } from './means.ts'
import { pinTerms } from './pin-terms.ts'
import { mayReserve } from './reservation.ts'
import { showOnTheWay } from './show-on-the-way.ts'
import { allowanceFor } from './sponsored-allowance.ts'
import { knownBalance, learnTerms, type Terms } from './terms.ts'
import { unaskedReason } from './unasked-reason.ts'
import { keepWarm } from './warm-up.ts'

/** How often a question that waits for something outside (a deposit, an allowance) looks again, ms. */
const RECHECK_MS = 4_000

/** The person ended the question by one of these. */
const ENDS: ReadonlySet<Cause> = new Set(['person-rejected', 'site-blocked', 'site-paused'])

/** For a price that depends on nobody's accounts. */
const NOBODY: Addresses = { evm: null, solana: null }

/** The person took back, by any of these, what they may have agreed to before in the same question. */
const NO: ReadonlySet<Cause> = new Set(['person-rejected', 'approval-timeout', 'frozen'])

/** Throws ChatError with the named reason; nothing is signed here. */
export async function obtainConsent(deps: ConsentDeps, call: Call, signal: AbortSignal): Promise<Consent> {
  const asking = new Asking(deps, call, signal)
  deps.memory.adopt(call)
  try {
    for (;;) {
      const consent = await asking.step().catch((error: unknown) => asking.hold(error))
      if (consent) return consent
    }
  } catch (error) {
    if (isChatError(error) && NO.has(error.reason)) deps.memory.forget(call)
    throw error
  } finally {
    asking.done()
  }
}

class Asking {
  private ticket: ApprovalTicket | null = null
  /** What the window waited with last. */
  private waitedWith: ApprovalContent | null = null
  private quote: GatewayQuote | null = null
  private quoteAtMs = Number.NEGATIVE_INFINITY
  /** Nobody said yes to this caller, who has no budget: whatever stands in the way is told to the person alone. */
  private hides = false

  constructor(
    private readonly deps: ConsentDeps,
    private readonly call: Call,
    private readonly signal: AbortSignal,
  ) {}

  done(): void {
    this.ticket?.done()
  }

  /** One look at everything; a consent, or null to look again. */
  async step(): Promise<Consent | null> {
    const { deps, call } = this
    this.signal.throwIfAborted()
    const [status, grant, guards] = await Promise.all([
      deps.wallet.status(),
      deps.ledger.getGrant(call.principal),
      deps.ledger.getGuards(),
    ])
    if (grant?.mode === 'blocked') throw new ChatError('site-blocked')
    if (grant?.mode === 'paused') throw new ChatError('site-paused')
    const mustAsk = !hasBudget(grant) && deps.memory.find(call) === null
    this.hides = mustAsk && call.principal !== PANEL
    if (this.hides && !this.ticket) await this.openAsStranger()
    if (guards.frozen) throw new ChatError('frozen')
    if (status.kind !== 'unlocked') {
      const blocker = status.kind === 'locked' ? 'locked' : 'no-wallet'
      this.openWindow(hasBudget(grant), blocker)
      await this.showAndWait(emptyContent(call, blocker), null)
      return null
    }
    if (mustAsk) this.openWindow(false, null)
    const terms = await this.learn(status.addresses)
    return this.weigh(terms, status.addresses)
  }

  /**
   * What went wrong while the window is open stays in it where the caller may not learn of it, or where it may pass by
   * itself: null to look again. Throws everything else, and what ended the question.
   */
  async hold(error: unknown): Promise<null> {
    if (this.ticket === null || !isChatError(error)) throw error
    const isOffline = error.reason === 'gateway-unreachable' && this.deps.memory.find(this.call) === null
    if (ENDS.has(error.reason) || !(this.hides || isOffline)) throw error
    const content = emptyContent(this.call, isOffline ? 'offline' : 'failed')
    await this.showAndWait({ ...content, failure: error.reason }, isOffline ? RECHECK_MS : null)
    return null
  }

  /** The same in every state of the wallet: a click, a price that knows no account, the caller's own maximum, the window. */
  private async openAsStranger(): Promise<void> {
    const { deps, call, signal } = this
    if (!deps.approvals.isSilenced(call.principal)) {
      if (!call.caller.takeActivation()) throw new ChatError('needs-activation')
      const quote = await this.freshQuote()
      if (call.maxCost !== null) {
        const terms = await learnTerms(deps, call, { addresses: NOBODY, signal, quote, doubts: deps.doubts })
        const most = maxCostIn(call, terms.quote.currency)
        if (most !== null && terms.quote.max > most) throw refusal('over-max-cost', terms)
      }
    }
    this.ticket = deps.approvals.begin(call.principal, signal)
  }

  private async learn(addresses: Addresses): Promise<Terms> {
    const { deps, call, signal } = this
    const onTheWay = this.ticket && showOnTheWay(deps, call, { ticket: this.ticket, last: this.waitedWith })
    const learning = this.freshQuote().then((quote) => {
      const terms = learnTerms(deps, call, { addresses, signal, quote, doubts: deps.doubts })
      if (quote) onTheWay?.quoted(quote, terms)
      return terms
    })
    learning.catch(() => undefined)
    return this.ticket ? this.ticket.orEnded(learning) : learning
  }

  /** The quote in hand while it is fresh, one that the page or panel asked for before, or a new one. */
  private async freshQuote(): Promise<GatewayQuote | null> {
    const { deps, call, signal } = this
    if (deps.clock.nowMs() - this.quoteAtMs < QUOTE_TTL_MS && deps.clock.nowMs() >= this.quoteAtMs)
      return this.quote
    const entry = await deps.quotes.take(call, signal)
    this.quote = entry.quote
    this.quoteAtMs = entry.atMs
    return entry.quote
  }

  private async weigh(terms: Terms, addresses: Addresses): Promise<Consent | null> {
    const { deps, call } = this
    const allowed = await allowanceStateOf(deps, terms, addresses)
    const allowance = allowed === 'sponsored' ? allowanceFor(terms.offer) : null
    const balance = await knownBalance(deps, addresses, terms.offer.asset)
    const judged = mayReserve(call, terms, { allowed, balance })
      ? await judgeAndReserve(deps, call, { terms, addresses, allowance })
      : { ...(await judge(deps, call, terms, { allowance })), reserved: null }
    const { decision, view, held, reserved } = judged
    if (decision.kind === 'refuse' && !(decision.reason === 'currency-off' && this.mayShow()))
      throw refusal(decision.reason, terms)
    const lack = await lackOf(deps, terms, { addresses, balance, allowed })
    const blocker = decision.kind === 'refuse' ? 'currency-off' : lack
    if (decision.kind === 'pay' && blocker === null) {
      return {
        terms,
        booking: decision.booking.kind,
        grantRevision: view.grant?.revision ?? null,
        approval: deps.memory.find(call),
        addresses,
        held,
        allowance,
        reserved,
      }
    }
    this.openWindow(hasBudget(view.grant), blocker)
    const content = await approvalContent(deps, call, {
      terms,
      decision,
      view,
      blocker,
      balance,
      addresses,
      allowance,
    })
    const stopWarming = keepWarm(deps, terms, addresses)
    const recheckInMs = blocker === null ? this.untilStale() : RECHECK_MS
    const answer = await this.showAndWait(content, recheckInMs).finally(stopWarming)
    if (answer) await this.apply(answer, terms, allowance)
    return null
  }

  /** Whether a window is open, or may be opened. */
  private mayShow(): boolean {
    const { principal, caller } = this.call
    return this.ticket !== null || principal === PANEL || caller.hasActivation()
  }

  private untilStale(): number {
    return Math.max(1_000, this.quoteAtMs + QUOTE_TTL_MS - this.deps.clock.nowMs())
  }

  /** Throws where no window may open: the caller then reads why. */
  private openWindow(hasGrant: boolean, blocker: Blocker | null): void {
    if (this.ticket) return
    const { deps, call } = this
    const activated =
      call.principal === PANEL || (!deps.approvals.isSilenced(call.principal) && call.caller.takeActivation())
    if (!activated && !deps.approvals.isSilenced(call.principal))
      throw new ChatError(unaskedReason(hasGrant, blocker))
    this.ticket = deps.approvals.begin(call.principal, this.signal)
  }

  private async showAndWait(
    content: ApprovalContent,
    recheckInMs: number | null,
  ): Promise<ApprovalChoice | null> {
    if (!this.ticket) throw new ChatError('needs-activation')
    this.waitedWith = content
    const answer = await this.ticket.ask(content, recheckInMs)
    if (answer.kind === 'recheck') return null
    if (answer.choice.kind === 'block') {
      await this.deps.ledger.setMode(this.call.principal, 'blocked')
      throw new ChatError('person-rejected')
    }
    return answer.choice
  }

  /** One yes: remembered for this request and its retries; with a budget, the grant is written first. */
  private async apply(choice: ApprovalChoice, terms: Terms, allowance: AtomicAmount | null): Promise<void> {
    const { deps, call } = this
    if (choice.kind === 'budget') {
      await deps.ledger.putBudget(call.principal, choice.budget, choice.mode)
    }
    const { offer, quote } = terms
    deps.memory.remember(call, {
      payTo: offer.payTo,
      network: offer.asset.network,
      asset: offer.asset.address,
      max: quote.max,
      allowance,
    })
    await pinTerms(deps, call, terms)
    deps.doubts.delete(call.gateway.config.id)
    await deps.ledger.clearProofFailure(call.gateway.config.id)
  }
}

function refusal(reason: RefuseReason, { quote }: Terms): ChatError {
  return new ChatError(reason, { max: quote.max.toString(), currency: quote.currency })
}
