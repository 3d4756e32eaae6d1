/** Asking for an answer in Node: a real ledger and real rules; wallet, chain, gateway and person are played. */

import { DEFAULT_SETTINGS } from '../../src/background/default-settings.ts'
import { type AtomicAmount, toAtomic, ZERO } from '../../src/domain/amount.ts'
import { assetOf } from '../../src/domain/asset.ts'
import type { Budget } from '../../src/domain/budget.ts'
import { BASE } from '../../src/domain/network.ts'
import type { Principal } from '../../src/domain/principal.ts'
import { builtInGateways } from '../../src/gateways/built-in-gateways.ts'
import { createGateway } from '../../src/gateways/create-gateway.ts'
import type { Gateway } from '../../src/gateways/gateway.ts'
import { type ApprovalChoice, createApprovals } from '../../src/inference/approvals.ts'
import { createInference } from '../../src/inference/create-inference.ts'
import { AnswerError, type Ask, type Inference } from '../../src/inference/inference.ts'
import type { InferenceDeps } from '../../src/inference/ports.ts'
import type { Offer } from '../../src/payment/offer.ts'
import type { ApprovalView } from '../../src/protocol/ui-views.ts'
import type { WalletStatus } from '../../src/wallet/wallet.ts'
import { FAR, makeLedger, PAYEE, SITE } from '../ledger/make-ledger.ts'

export const PRICE = 40_000n
/** A page that asks for this many tokens gets a price above any limit of the person. */
export const HUGE = 1_000_000_000
const ACCOUNT = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A'
const URLS = {
  jumpgate: 'https://gateway.example',
  ambientCatalogue: 'https://gateway.example/models',
  opengradient: 'https://og.example',
  opengradientDocumented: 'https://og2.example',
}
const OWNED = { addresses: { evm: ACCOUNT, solana: null }, phraseChecked: true, hasPhrase: true } as const
const STATUS: Readonly<Record<'missing' | 'locked' | 'unlocked', WalletStatus>> = {
  missing: { kind: 'none' },
  locked: { ...OWNED, kind: 'locked', retryAtMs: null },
  unlocked: { ...OWNED, kind: 'unlocked', untilMs: FAR },
}

const NOTHING_KEPT = {
  get: async () => undefined,
  set: async () => undefined,
  remove: async () => undefined,
}

export interface WorldOptions {
  readonly wallet?: keyof typeof STATUS
  readonly balance?: bigint
  readonly quote?: { readonly expected: AtomicAmount; readonly max: AtomicAmount }
  /** What the gateway asks for in the answer to the n-th request, counted from 1; null lets it answer. */
  readonly asks?: (nth: number, price: AtomicAmount) => AtomicAmount | null
  /** Takes the place of the gateway where it returns something. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response> | null
}

/** One unlocked, funded wallet and one gateway that quotes 0.04 USDC, unless told otherwise. */
export async function makeWorld(options: WorldOptions = {}) {
  const { ledger, clock } = await makeLedger()
  const timers = { nowMs: () => clock.nowMs(), monotonicMs: () => clock.nowMs(), sleep: sleepReally }
  const approvals = makeApprovals(timers)
  const status = STATUS[options.wallet ?? 'unlocked']
  const { gateway, offer, priceOf } = makeGateway(options.quote)
  let sent = 0
  let price = toAtomic(PRICE)
  let ids = 0
  const deps: InferenceDeps = {
    ledger,
    wallet: {
      status: async () => status,
      evmSigner: async () => ({ address: ACCOUNT, signTypedData: unexpected, signTransaction: unexpected }),
      solanaSigner: unexpected,
      warm: async () => undefined,
      onChange: () => () => undefined,
    },
    chains: {
      chainTime: async () => Math.floor(clock.nowMs() / 1000),
      permit2Allowance: async () => ZERO,
      balanceOf: async () => toAtomic(options.balance ?? 1_000_000n),
      solanaAnchor: unexpected,
      checkPayment: unexpected,
      prepareTransfer: unexpected,
    },
    balances: {
      known: async () => null,
      read: async () => toAtomic(options.balance ?? 1_000_000n),
      refresh: () => undefined,
    },
    gateways: { all: async () => [gateway], models: async () => gateway.config.models },
    payments: {
      parsePaymentRequired: () => ({
        ...{ skipped: [], serverError: null, resource: null, extensions: null },
        offers: [offer(price)],
      }),
      offerFromPins: () => null,
      parseReceipt: () => null,
      signPayment: async (order) => ({
        amount: order.offer.amount,
        payTo: order.offer.payTo,
        nonce: order.nonce,
        validAfter: 0,
        validBefore: Math.floor(clock.nowMs() / 1000) + 60,
        lastValidBlockHeight: null,
        signature: `0x${sent}`,
        payload: 'payload',
      }),
      newNonce: () => `0x${'1'.repeat(64)}`,
      makeApproveTransaction: unexpected,
      warmSolana: async () => undefined,
    },
    approvals: approvals.queue,
    session: NOTHING_KEPT,
    quoteStore: NOTHING_KEPT,
    clock: timers,
    newId: () => `id-${++ids}`,
    fetch: async (input, init) => {
      const told = options.fetch?.(String(input), init ?? {})
      if (told) return told
      if (String(input).endsWith('/quote')) {
        price = priceOf(String(init?.body))
        return new Response('{}')
      }
      sent += 1
      const asked = options.asks ? options.asks(sent, price) : price
      if (asked === null) return new Response('', { headers: { 'content-type': 'text/event-stream' } })
      price = asked
      return new Response('', { status: 402, headers: { 'PAYMENT-REQUIRED': 'x' } })
    },
    settings: async () => DEFAULT_SETTINGS,
    solanaRpcUrl: async () => '',
    checkProof: unexpected,
    keepAlive: () => () => undefined,
    scheduleReconcile: async () => undefined,
    keepPrompt: async () => undefined,
    notice: () => undefined,
  }
  const inference = createInference(deps)
  return { ...approvals, inference, ledger, clock, deps, sent: () => sent }
}

export type World = Awaited<ReturnType<typeof makeWorld>>

/** A page's call; `clicked`: with one unused click. */
export function makeAsk(given: Partial<Ask> & { clicked?: boolean; principal?: Principal } = {}): Ask {
  const { clicked = true, principal = SITE, ...more } = given
  let activation = clicked
  return {
    caller: {
      principal,
      tabId: 1,
      documentId: 'document',
      hasActivation: () => activation,
      takeActivation: () => {
        const had = activation
        activation = false
        return had
      },
      isAlive: () => true,
    },
    body: { model: 'default', messages: [{ role: 'user', content: 'Hello' }], stream: true },
    idempotencyKey: null,
    quoteId: null,
    maxCost: null,
    settlement: null,
    signal: new AbortController().signal,
    ...more,
  }
}

/** Resolves with the public error's type, or 'answered'. */
export async function endOf(inference: Inference, ask: Ask): Promise<string> {
  try {
    for await (const _ of inference.run(ask));
    return 'answered'
  } catch (error) {
    if (error instanceof AnswerError) return error.type
    throw error
  }
}

export const budgetOf = (change: Partial<Budget> = {}): Omit<Budget, 'id'> => ({
  currency: 'USDC',
  cap: toAtomic(1_000_000n),
  period: 'day',
  maxPerRequest: toAtomic(1_000_000n),
  models: 'all',
  expiresAtMs: null,
  ...change,
})

function makeApprovals(clock: InferenceDeps['clock']) {
  let close: () => void = () => undefined
  let ids = 0
  let monotonicMs = 0
  const queue = createApprovals({
    // Every look at the clock is two seconds later: what is shown was shown for long enough.
    clock: { ...clock, monotonicMs: () => (monotonicMs += 2_000) },
    newId: () => `question-${++ids}`,
    window: {
      open: async () => undefined,
      close: async () => undefined,
      onClosed: (listener) => {
        close = listener
      },
    },
    silence: { restore: async () => undefined, noteRefusal: () => undefined, isSilenced: () => false },
    digest: (text) => text,
  })
  /** The state that the window stays in, once nothing is on its way any more. */
  async function whenWaiting(): Promise<string> {
    for (;;) {
      const state = queue.current()?.state
      if (state && state !== 'quoting' && state !== 'offer') return state
      await sleepReally(5)
    }
  }
  /** Resolves once the window is in this state. */
  async function whenIn(state: string): Promise<void> {
    while (queue.current()?.state !== state) await sleepReally(5)
  }
  /** Every content that is shown from now on, in order. */
  function watch(): readonly ApprovalView[] {
    const seen: ApprovalView[] = []
    queue.onChange(() => {
      const view = queue.current()
      if (view) seen.push(view)
    })
    return seen
  }
  return {
    queue,
    whenWaiting,
    whenIn,
    watch,
    closeWindow: () => close(),
    async say(choice: ApprovalChoice) {
      await whenWaiting()
      const view = queue.current()
      if (!view) throw new Error('nothing is asked')
      queue.shown(view.id, view.digest)
      if (!queue.decide(view.id, view.digest, choice)) throw new Error(`not taken in state ${view.state}`)
    },
  }
}

function makeGateway(quote: WorldOptions['quote']) {
  const [config] = builtInGateways(URLS)
  const asset = assetOf('USDC', BASE)
  if (!config || !asset) throw new Error('no gateway ships')
  const priceOf = (body: string) => toAtomic(body.includes(String(HUGE)) ? 10n ** 12n : PRICE)
  const gateway: Gateway = {
    ...createGateway(config, URLS),
    parseQuote: ({ body }) => ({
      expected: priceOf(JSON.stringify(body)),
      max: priceOf(JSON.stringify(body)),
      ...quote,
      ...{ currency: 'USDC', inputTokens: 1, maxOutputTokens: 1, headers: {} },
    }),
  }
  const offer = (amount: AtomicAmount): Offer => ({
    ...{ scheme: 'exact', asset, amount, payTo: PAYEE, maxTimeoutSeconds: 60, feePayer: null },
    ...{ facilitator: null, permit2: null, sponsorsApproval: false, accepted: {} },
  })
  return { gateway, offer, priceOf }
}

function sleepReally(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    // Nothing waits for a timer that is longer than a test.
    const timer = setTimeout(resolve, milliseconds)
    timer.unref()
  })
}

function unexpected(): never {
  throw new Error('nobody should ask for this here')
}
