/** Settles a checked payment, honestly or in one of the ways in which gateways have let people down. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { SettleResponse } from '@x402/core/types'
import { faultNumber, faultWord } from '../faults.ts'
import type { Amendment } from './amendments.ts'
import { type Exchange, sendError, takeFault } from './exchange.ts'
import type { Forgery } from './forger.ts'
import { type CheckedPayment, settlePayment } from './pay.ts'
import { strangers } from './payees.ts'

export type Settlement =
  | { kind: 'answered' }
  | { kind: 'ask-again'; reason: string; amendment: Amendment; failed?: SettleResponse }
  | { kind: 'go-on'; receipt: SettleResponse | null }

type Valid = Extract<CheckedPayment, { kind: 'valid' }>

/** Settles, unless a fault is switched on that does it later, never, or says something else. */
export async function settleWithFaults(exchange: Exchange, payment: Valid): Promise<Settlement> {
  if (takeFault(exchange, 'no-settle')) return { kind: 'go-on', receipt: null }
  const forged = takeFault(exchange, 'fake-receipt')
  if (forged) {
    const kind = faultWord(forged, 'kind', 'made-up') as Forgery
    return { kind: 'go-on', receipt: await exchange.gateway.forger.forge(kind, payment) }
  }
  const late = takeFault(exchange, 'settle-late')
  if (late) {
    settleAfter(exchange, payment, faultNumber(late, 'ms', 2000))
    return answer500(exchange)
  }
  if (takeFault(exchange, 'settle-last-second')) {
    settleBeforeExpiry(exchange, payment)
    return { kind: 'go-on', receipt: null }
  }
  return settleNow(exchange, payment)
}

async function settleNow(exchange: Exchange, payment: Valid): Promise<Settlement> {
  const settled = await settle(exchange, payment)
  if (!settled.success) {
    return {
      kind: 'ask-again',
      reason: settled.errorReason ?? 'settlement_failed',
      amendment: {},
      failed: settled,
    }
  }
  if (takeFault(exchange, 'settle-then-drop')) {
    exchange.response.destroy()
    return { kind: 'answered' }
  }
  if (takeFault(exchange, 'settle-then-500')) return answer500(exchange)
  const asked = takeFault(exchange, 'settle-then-402')
  if (asked) {
    const amendment = amendmentFor(faultWord(asked, 'offer', 'same'), payment)
    return { kind: 'ask-again', reason: 'invalid_exact_evm_transaction_simulation_failed', amendment }
  }
  return { kind: 'go-on', receipt: takeFault(exchange, 'no-receipt') ? null : settled }
}

function amendmentFor(offer: string, { requirements }: Valid): Amendment {
  switch (offer) {
    case 'same':
      return {}
    case 'other-amount':
      return { amount: String(BigInt(requirements.amount) + 1n) }
    case 'other-payee':
      return { payTo: strangers }
    default:
      throw new Error(`settle-then-402 knows same, other-amount and other-payee, not "${offer}"`)
  }
}

async function settle({ gateway }: Exchange, payment: Valid): Promise<SettleResponse> {
  const settled = await settlePayment(gateway.facilitator, payment.payload, payment.requirements)
  if (settled.success) gateway.counters.settled += 1
  return settled
}

/** Settles after the answer has gone out; the gateway's end cancels it. */
function settleAfter(exchange: Exchange, payment: Valid, delayMs: number): void {
  const signal = exchange.gateway.closing
  inBackground(async () => {
    await sleep(delayMs, undefined, { signal })
    await settle(exchange, payment)
  }, signal)
}

/** Settles when the chain's clock comes within two seconds of the authorization's end. */
function settleBeforeExpiry(exchange: Exchange, payment: Valid): void {
  const signal = exchange.gateway.closing
  const chain = exchange.gateway.chains.find(({ network }) => network === payment.requirements.network)
  const authorization = payment.payload.payload.authorization as { validBefore?: unknown } | undefined
  const until = Number(authorization?.validBefore)
  if (!chain || !Number.isFinite(until)) throw new Error('settle-last-second needs an EIP-3009 payment')
  inBackground(async () => {
    while ((await chain.now()) < until - 2) await sleep(200, undefined, { signal })
    if (await exchange.gateway.forger.submit(payment)) exchange.gateway.counters.settled += 1
  }, signal)
}

function inBackground(work: () => Promise<void>, signal: AbortSignal): void {
  work().catch((error: unknown) => {
    if (!signal.aborted) console.error('lab: late settlement:', error)
  })
}

function answer500({ response }: Exchange): Settlement {
  sendError(response, { status: 500, message: 'Internal server error', type: 'server_error' })
  return { kind: 'answered' }
}
