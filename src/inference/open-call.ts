/** From a call to a response: within an open session, by a payment of its own, or by opening a session alone. */
import { isChatError } from '../domain/errors.ts'
import { BASE } from '../domain/network.ts'
import type { RequestRow } from '../domain/payment.ts'
import type { Call } from './call.ts'
import type { Consent, ConsentDeps } from './consent.ts'
import { obtainConsent } from './obtain-consent.ts'
import { type PaidResponse, pay } from './pay.ts'
import { requestInSession } from './session-request.ts'
import type { Session } from './sessions.ts'
import { accountOn } from './terms.ts'

/** How a paid (or in-session) response came to be. */
export interface Opened {
  readonly response: Response
  readonly request: RequestRow
  readonly paid: PaidResponse | null
}

/** Throws PayFailure once something may have left, ChatError or KeyTaken before. */
export async function openCall(deps: ConsentDeps, call: Call, signal: AbortSignal): Promise<Opened> {
  const { id, kind } = call.gateway.config
  if (kind !== 'opengradient') return payFor(deps, call, await obtainConsent(deps, call, signal), signal)
  let consent: Consent | null = null
  for (;;) {
    const session = await findSession(deps, call)
    const within = session && (await inSession(deps, call, { session, signal, consent }))
    if (within) return within
    if (deps.openings.isOpening(id)) {
      await deps.openings.wait(id, signal)
      // Decided before the wait, it may rest on what is no longer so.
      consent = null
    } else if (consent === null) consent = await consentOrAgain(deps, call, signal)
    else {
      const opened = await openAlone(deps, call, { consent, passed: session, signal })
      if (opened) return opened
    }
  }
}

/** One session is shared by all principals of the person; null where none is open, or its time is over. */
async function findSession(deps: ConsentDeps, call: Call): Promise<Session | null> {
  const status = await deps.wallet.status()
  return status.kind === 'unlocked' ? deps.sessions.find(call, accountOn(status.addresses, BASE)) : null
}

async function inSession(
  deps: ConsentDeps,
  call: Call,
  context: { readonly session: Session; readonly signal: AbortSignal; readonly consent: Consent | null },
): Promise<Opened | null> {
  const result = await requestInSession(deps, call, context)
  if (result.kind === 'not-in-session') return null
  return { response: result.response, request: result.request, paid: null }
}

/** Null: look again. What another call holds for the session that it opens is no reason to refuse one that will share it. */
async function consentOrAgain(deps: ConsentDeps, call: Call, signal: AbortSignal): Promise<Consent | null> {
  const { id } = call.gateway.config
  const begun = deps.openings.count(id)
  try {
    return await obtainConsent(deps, call, signal)
  } catch (error) {
    const isOvertaken = deps.openings.count(id) > begun
    if (isChatError(error) && error.reason === 'over-limit-day' && isOvertaken) return null
    throw error
  }
}

/** Null where somebody opened a session since this call looked (or passed one by): it is tried first. */
async function openAlone(
  deps: ConsentDeps,
  call: Call,
  context: { readonly consent: Consent; readonly passed: Session | null; readonly signal: AbortSignal },
): Promise<Opened | null> {
  const { consent, passed, signal } = context
  const done = deps.openings.begin(call.gateway.config.id)
  try {
    const newest = await findSession(deps, call)
    if (newest && newest.sessionId !== passed?.sessionId) return null
    return await payFor(deps, call, consent, signal)
  } finally {
    done()
  }
}

async function payFor(
  deps: ConsentDeps,
  call: Call,
  ...[consent, signal]: [Consent, AbortSignal]
): Promise<Opened> {
  const paid = await pay(deps, call, consent, signal)
  return { response: paid.response, request: paid.request, paid }
}
