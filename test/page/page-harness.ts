/** A page, its bridge and the background joined as in a browser: MessageChannel here, a JSON port there, a worker that can die. */

import type { X402Chat } from '../../src/author-kit/x402chat.d.ts'
import { DEFAULT_SETTINGS } from '../../src/background/default-settings.ts'
import { createPageServer, type PageServer } from '../../src/background/page/create-page-server.ts'
import type { PageDeps } from '../../src/background/page/page-deps.ts'
import type { PagePort, PageSender } from '../../src/background/page/page-port.ts'
import { toAtomic } from '../../src/domain/amount.ts'
import { CAUSES, type Cause, type Charged } from '../../src/domain/errors.ts'
import { BASE } from '../../src/domain/network.ts'
import type { Origin } from '../../src/domain/principal.ts'
import { parseOrigin } from '../../src/domain/principal.ts'
import { createGateway } from '../../src/gateways/create-gateway.ts'
import type { GatewayConfig, ModelInfo } from '../../src/gateways/gateway.ts'
import { AnswerError, type AnswerPart, type Ask, type Inference } from '../../src/inference/inference.ts'
import type { HistoryRow } from '../../src/ledger/ledger.ts'
import type { BackgroundPort } from '../../src/page/bridge/bridge-runtime.ts'
import { relay } from '../../src/page/bridge/relay.ts'
import type { Activations } from '../../src/page/bridge/watch-activations.ts'
import { createCalls } from '../../src/page/calls.ts'
import { createProvider } from '../../src/page/provider.ts'
import type { ActivationUsed, BridgeMessage, PageReply } from '../../src/protocol/page-messages.ts'
import { makeLedger } from '../ledger/make-ledger.ts'

// The bridge asks its document whether it is being prerendered.
Object.assign(globalThis, { document: globalThis.document ?? {} })

export const SITE = originOf('https://news.example')

export function originOf(text: string): Origin {
  const origin = parseOrigin(text)
  if (!origin) throw new Error(`Not an origin: ${text}`)
  return origin
}

export class ManualClock {
  atMs = Date.UTC(2026, 4, 13, 12)
  nowMs = () => this.atMs
  monotonicMs = () => this.atMs
}

const GATEWAY: GatewayConfig = {
  id: 'jumpgate',
  kind: 'jumpgate',
  name: 'JumpGate',
  baseUrl: 'https://gateway.example',
  extraHeaders: {},
  models: [],
  builtIn: true,
  enabled: true,
}
export const OWN_GATEWAY: GatewayConfig = {
  ...GATEWAY,
  id: 'own-1',
  name: 'Mine',
  kind: 'openai-compatible',
  builtIn: false,
}

export function makeModel(id: string, gatewayId = 'jumpgate'): ModelInfo {
  return {
    id,
    gatewayId,
    ownedBy: 'maker',
    contextLength: 8_192,
    maxOutputTokens: null,
    pricing: { currency: 'USD', input: '0.20', output: '0.60' },
    proof: 'none',
  }
}

/** A request of a site that was paid for and answered. */
export function makeRow(principal: Origin = SITE, id = 'request-1'): HistoryRow {
  const at = Date.UTC(2026, 4, 13, 11)
  return {
    request: {
      ...{ id, principal, idempotencyKey: 'key', bodyHash: '00', gatewayId: 'jumpgate', model: 'm' },
      ...{ paymentId: 'payment-1', currency: 'USDC', network: BASE, expected: null },
      ...{ max: toAtomic(4_474n), held: toAtomic(4_474n), cost: toAtomic(4_474n), money: 'settled' },
      reported: null,
      ...{ settledBy: 'gateway', budgetId: null, answer: 'answered', error: null },
      ...{ createdAtMs: at, hourStartMs: at, dayStartMs: at, finishedAtMs: at },
      usage: { promptTokens: 3, completionTokens: 5, totalTokens: 8 },
      proof: { kind: 'none' },
      settlement: null,
    },
    payment: {
      ...{
        id: 'payment-1',
        scheme: 'exact',
        method: 'eip3009',
        account: '0xme',
        network: BASE,
        asset: '0xusdc',
      },
      ...{
        currency: 'USDC',
        gatewayId: 'jumpgate',
        payTo: '0xthem',
        maximum: toAtomic(4_474n),
        nonce: '0x00',
      },
      ...{ state: 'settled', attempts: [], reservedAtMs: at, hourStartMs: at, dayStartMs: at, endedAtMs: at },
      ...{ charged: toAtomic(4_474n), settledBy: 'gateway', transaction: '0xabc', check: null },
      ...{ principal, grantRevision: null },
    },
  }
}

export const STARTED: AnswerPart = {
  kind: 'started',
  requestId: 'request-1',
  model: 'm',
  gatewayId: 'jumpgate',
  max: { amount: toAtomic(4_474n), currency: 'USDC' },
  paymentResponse: 'cmVjZWlwdA==',
}

/** A whole answer, word by word. */
export function* answer(words: readonly string[]): Generator<AnswerPart> {
  yield STARTED
  for (const text of words) yield { kind: 'event', event: { type: 'text', text } }
  yield { kind: 'event', event: { type: 'finish', reason: 'stop' } }
  yield {
    kind: 'event',
    event: { type: 'usage', usage: { promptTokens: 3, completionTokens: 5, totalTokens: 8 } },
  }
  yield { kind: 'receipt', row: makeRow() }
}

/** Says some words, then waits until it is told to stop. */
export async function* unending(
  ask: Ask,
  words: readonly string[],
  onStop = () => {},
): AsyncGenerator<AnswerPart> {
  yield STARTED
  for (const text of words) yield { kind: 'event', event: { type: 'text', text } }
  await new Promise<void>((resolve) => ask.signal.addEventListener('abort', () => resolve()))
  onStop()
}

export function answerError(
  reason: Cause,
  charged: Charged = 'no',
  row: HistoryRow | null = null,
): AnswerError {
  const type = charged === 'no' ? CAUSES[reason] : 'paid_no_answer'
  return new AnswerError(type, reason, {}, charged, row, charged === 'no' ? null : 'so far')
}

/** Inference that says what a test tells it to; what a test did not expect throws. */
export class FakeInference implements Pick<Inference, 'run' | 'quote' | 'requestBudget' | 'availability'> {
  readonly asks: Ask[] = []
  onRun: (ask: Ask) => AsyncIterable<AnswerPart> | Iterable<AnswerPart> = () => answer(['Hello', ' world'])
  onQuote: Inference['quote'] = () => Promise.reject(new Error('unexpected quote'))
  onBudget: Inference['requestBudget'] = () => Promise.reject(new Error('unexpected budget request'))

  async *run(ask: Ask): AsyncGenerator<AnswerPart, void, void> {
    this.asks.push(ask)
    for await (const part of this.onRun(ask)) {
      if (ask.signal.aborted) break
      yield part
    }
    ask.signal.throwIfAborted()
  }
  quote: Inference['quote'] = (ask) => this.onQuote(ask)
  requestBudget: Inference['requestBudget'] = (...parameters) => this.onBudget(...parameters)
  availability: Inference['availability'] = async (_caller, model) =>
    ['default', 'm', 'mine'].includes(model ?? 'default') ? 'needs-approval' : 'unavailable'
}

export async function makeBackground() {
  const { ledger } = await makeLedger()
  const clock = new ManualClock()
  const inference = new FakeInference()
  const gateways = { list: [makeModel('m'), makeModel('n')], configs: [GATEWAY] }
  const settings = { ...DEFAULT_SETTINGS }
  const deps: PageDeps = {
    ...{ ledger, inference, clock },
    gateways: {
      models: async () => gateways.list,
      configs: async () => gateways.configs,
      all: async () => gateways.configs.map((config) => createGateway(config, { ambientCatalogue: '' })),
    },
    settings: { get: async () => settings },
  }
  return { deps, ledger, clock, inference, gateways, settings, server: createPageServer(deps) }
}
export type TestBackground = Awaited<ReturnType<typeof makeBackground>>

type PageEvent = Extract<PageReply, { readonly event: string }>

export interface TestPage {
  readonly provider: X402Chat
  /** The worker dies; the next connection meets another. */
  killWorker(next?: PageServer): void
  /** The document goes into the back/forward cache and comes back: the port has ended, and the bridge is not told of it. */
  freezeAndReturn(next?: PageServer): void
  /** The extension is updated: nothing connects any more. */
  removeExtension(): void
  /** A later worker tells the page something. */
  hear(event: PageEvent): void
  /** The person clicks. */
  click(): void
  readonly sent: BridgeMessage[]
  readonly received: (PageReply | ActivationUsed)[]
  connections(): number
  close(): void
}

export function senderOf(origin: string, more: Partial<PageSender> = {}): PageSender {
  return {
    origin,
    tabId: 1,
    tabUrl: `${origin}/`,
    frameId: 0,
    documentId: 'document-1',
    documentLifecycle: 'active',
    ...more,
  }
}

export function openPage(background: { server: PageServer }, sender: PageSender = senderOf(SITE)): TestPage {
  let { server } = background
  let removed = false
  let connections = 0
  let disconnect = () => {}
  let endSilently = () => {}
  let comeBack = () => {}
  let clicks = 0
  let unused: number[] = []
  const events: ((event: PageEvent) => void)[] = []
  const sent: BridgeMessage[] = []
  const received: (PageReply | ActivationUsed)[] = []

  function connect(): BackgroundPort {
    if (removed) throw new Error('Extension context invalidated.')
    connections++
    const { bridge, worker, close, endSilently: silently } = portPair(sender, { sent, received })
    disconnect = close
    endSilently = silently
    server.serve(worker)
    return bridge
  }
  const activations: Activations = {
    unused: () => unused.map((number) => [number, 0]),
    use(number) {
      unused = unused.filter((known) => known !== number)
    },
    giveBack() {
      unused.push(++clicks)
    },
  }
  const { port1, port2 } = new MessageChannel()
  const { provider, receive } = createProvider(createCalls((message) => port1.postMessage(message)))
  port1.onmessage = ({ data }) => receive(data)
  const onReturn = (listener: () => void) => {
    comeBack = listener
  }
  relay(
    port2,
    { connect, onReturn, onReadPage: () => {}, onEvent: (listener) => events.push(listener) },
    activations,
  )
  return {
    // The page's own types describe what the script builds by hand.
    provider: provider as unknown as X402Chat,
    ...{ sent, received },
    killWorker(next = server) {
      server = next
      disconnect()
    },
    freezeAndReturn(next = server) {
      server = next
      endSilently()
      comeBack()
    },
    removeExtension() {
      removed = true
      disconnect()
    },
    click: activations.giveBack,
    hear(event) {
      for (const listener of events) listener(event)
    },
    connections: () => connections,
    close() {
      disconnect()
      port1.close()
      port2.close()
    },
  }
}

/** Two ends of a runtime port: JSON, in order, later; nothing after the end. */
function portPair(
  sender: PageSender,
  log: { readonly sent: BridgeMessage[]; readonly received: (PageReply | ActivationUsed)[] },
) {
  let open = true
  const toWorker: ((message: unknown) => void)[] = []
  const toBridge: ((reply: PageReply | ActivationUsed) => void)[] = []
  const bridgeEnds: (() => void)[] = []
  const workerEnds: (() => void)[] = []
  const later = (action: () => void) => setImmediate(() => open && action())
  const bridge: BackgroundPort = {
    post(message) {
      if (!open) throw new Error('Attempting to use a disconnected port object')
      log.sent.push(message)
      const text = JSON.stringify(message)
      later(() => {
        for (const listener of toWorker) listener(JSON.parse(text))
      })
    },
    onMessage: (listener) => toBridge.push(listener),
    onDisconnect: (listener) => bridgeEnds.push(listener),
    close: endSilently,
  }
  const worker: PagePort = {
    sender,
    post(message) {
      const text = JSON.stringify(message)
      log.received.push(JSON.parse(text))
      later(() => {
        for (const listener of toBridge) listener(JSON.parse(text))
      })
    },
    onMessage: (listener) => toWorker.push(listener),
    onDisconnect: (listener) => workerEnds.push(listener),
  }
  /** The worker alone learns of it. */
  function endSilently(): void {
    if (!open) return
    open = false
    for (const end of workerEnds) end()
  }
  function close(): void {
    if (!open) return
    endSilently()
    for (const end of bridgeEnds) end()
  }
  return { bridge, worker, close, endSilently }
}
