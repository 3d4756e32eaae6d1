/** Puts the parts of paid inference together: ask, quote, budget request, recovery. */
import { type Budget, hasBudget } from '../domain/budget.ts'
import { ChatError } from '../domain/errors.ts'
import { PANEL } from '../domain/principal.ts'
import type { HistoryRow } from '../ledger/ledger.ts'
import { type AnswerJob, createAnswerJob } from './answer-job.ts'
import { createApprovalMemory } from './approval-memory.ts'
import { availabilityOf } from './availability.ts'
import { requestBudget } from './budget-request.ts'
import { type Call, makeCall } from './call.ts'
import { createClockCheck } from './clock-check.ts'
import type { ConsentDeps } from './consent.ts'
import type { AnswerPart, Ask, Caller, Inference, QuoteView } from './inference.ts'
import { joinAsks } from './joined-asks.ts'
import { judge } from './judge.ts'
import { createOpenings } from './openings.ts'
import type { InferenceDeps } from './ports.ts'
import { toAnswerError } from './public-error.ts'
import { createQuoteBook } from './quote-book.ts'
import { createReconciler } from './reconcile.ts'
import { closeLeftAnswers, releaseUnsent } from './recover.ts'
import { createReplayBook } from './replay.ts'
import { keyTaken, runCall } from './run-call.ts'
import { createSessions } from './sessions.ts'
import { learnTerms } from './terms.ts'
import { createUnsent } from './unsent.ts'
import { warmFor } from './warm-up.ts'

export function createInference(ports: InferenceDeps): Inference {
  const deps: ConsentDeps = {
    ...ports,
    clockCheck: createClockCheck(ports),
    memory: createApprovalMemory(ports.clock),
    quotes: createQuoteBook(ports),
    doubts: new Set(),
    sessions: createSessions(ports.session, ports.clock),
    openings: createOpenings(),
    unsent: createUnsent(),
  }
  const replay = createReplayBook(ports.clock)
  /** Requests of this worker's own life. */
  const begun = new Set<string>()
  const recover = onceDone(() => releaseUnsent(deps))
  const closeLeft = onceDone(() => closeLeftAnswers(deps, (id) => begun.has(id)))

  /** Joins a running or kept answer, or starts a new one. */
  async function jobFor(call: Call, earlier: Promise<HistoryRow | null>) {
    const known = replay.find(call.principal, call.key)
    if (known) return withSameBody(known, call)
    const row = await earlier
    if (row && (row.request.money !== 'released' || row.request.bodyHash !== call.bodyHash))
      throw keyTaken({ row }, call)
    const bound = await bindByQuote(call)
    const again = replay.find(call.principal, call.key)
    if (again) return withSameBody(again, call)
    const job = createAnswerJob(call.bodyHash)
    replay.add(call.principal, call.key, job)
    const paidFor = row ? { ...bound, requestId: row.request.id } : bound
    begun.add(paidFor.requestId)
    void runCall(deps, paidFor, job).then(() => {
      if (!job.isWhole()) replay.forget(call.principal, call.key)
    })
    return job
  }

  async function withSameBody(job: AnswerJob, call: Call): Promise<AnswerJob> {
    if (job.bodyHash === call.bodyHash) return job
    throw toAnswerError(new ChatError('key-conflict'), await failureContext(call))
  }

  /** Only a new answer needs its quote: one that is joined or replayed was bound when it began. */
  async function bindByQuote(call: Call): Promise<Call> {
    try {
      return await deps.quotes.bind(call)
    } catch (error) {
      throw toAnswerError(error, await failureContext(call))
    }
  }

  async function failureContext(call: { readonly principal: Caller['principal'] }) {
    const hasGrant = call.principal === PANEL || hasBudget(await deps.ledger.getGrant(call.principal))
    return { hasGrant, charged: 'no', row: null, partial: null } as const
  }

  /** What a call lacks may depend on the person's own gateways: without a budget it takes a click to hear of it. */
  async function unlessUnclicked(error: unknown, caller: Caller): Promise<unknown> {
    const { hasGrant } = await failureContext(caller)
    return hasGrant || caller.hasActivation() ? error : new ChatError('needs-activation')
  }

  async function* run(ask: Ask): AsyncGenerator<AnswerPart, void, void> {
    void warmFor(deps, ask.caller.principal)
    const key = ask.idempotencyKey ?? deps.newId()
    // Beside everything else that the call needs; what a dead worker left is released before anything is looked up or paid.
    const earlier = recover().then(() => deps.ledger.findByKey(ask.caller.principal, key))
    earlier.catch(() => undefined)
    let call: Call
    try {
      call = await makeCall(deps, { ...ask, idempotencyKey: key })
    } catch (error) {
      throw toAnswerError(await unlessUnclicked(error, ask.caller), await failureContext(ask.caller))
    }
    const job = await jobFor(call, earlier)
    for await (const part of job.read(ask.signal)) yield part
    ask.signal.throwIfAborted()
  }

  async function quote(ask: Parameters<Inference['quote']>[0]): Promise<QuoteView> {
    const whole: Ask = { ...ask, idempotencyKey: null, quoteId: null, maxCost: null, settlement: null }
    try {
      return await quoteCall(deps, await makeCall(deps, whole), ask.signal)
    } catch (error) {
      throw toAnswerError(error, await failureContext(ask.caller))
    }
  }

  async function askForBudget(
    ...[caller, ask, signal]: Parameters<Inference['requestBudget']>
  ): Promise<Budget> {
    await recover()
    const release = deps.keepAlive()
    try {
      return await requestBudget(deps, caller, { ask, signal })
    } catch (error) {
      throw toAnswerError(error, await failureContext(caller))
    } finally {
      release()
    }
  }

  return {
    run,
    quote,
    requestBudget: joinAsks(askForBudget),
    availability: ({ principal }, model) => availabilityOf(deps, principal, model ?? 'default'),
    warm: (principal) => warmFor(deps, principal),
    endUnsent: deps.unsent.endAll,
    recover,
    reconcile: createReconciler(deps, async () => {
      await recover()
      await closeLeft()
    }),
  }
}

/** A site without a budget gets the same quote whatever the wallet is and holds. */
async function quoteCall(deps: ConsentDeps, call: Call, signal: AbortSignal): Promise<QuoteView> {
  const id = deps.newId()
  const [status, grant] = await Promise.all([deps.wallet.status(), deps.ledger.getGrant(call.principal)])
  const known = status.kind === 'locked' || status.kind === 'unlocked'
  const told = known && (hasBudget(grant) || call.principal === PANEL)
  const addresses = told ? status.addresses : { evm: null, solana: null }
  const entry = await deps.quotes.take(call, signal)
  const terms = await learnTerms(deps, call, { addresses, signal, quote: entry.quote, doubts: deps.doubts })
  const decision = told ? (await judge(deps, call, terms)).decision : null
  await deps.quotes.keep(call, id, { quote: terms.quote, entry })
  return { id, quote: terms.quote, needsApproval: decision?.kind !== 'pay' }
}

/** Work that is done once, and begun anew by the next caller where it failed. */
function onceDone(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work().catch((error: unknown) => {
      done = undefined
      throw error
    })
    return done
  }
}
