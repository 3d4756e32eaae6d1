import { DEFAULT_SETTINGS } from '../../src/background/default-settings.ts'
import type { Chat } from '../../src/chat/chat.ts'
import { createChat } from '../../src/chat/create-chat.ts'
import type { ChatDeps, ConversationStore } from '../../src/chat/ports.ts'
import { toAtomic } from '../../src/domain/amount.ts'
import type { Charged } from '../../src/domain/errors.ts'
import { BASE } from '../../src/domain/network.ts'
import { PANEL } from '../../src/domain/principal.ts'
import type { AnswerEvent } from '../../src/gateways/gateway.ts'
import { AnswerError, type AnswerPart, type Ask, type QuoteView } from '../../src/inference/inference.ts'
import type { HistoryRow } from '../../src/ledger/ledger.ts'
import type { ChatEvent, ConversationView } from '../../src/protocol/chat-views.ts'
import type { Settings } from '../../src/protocol/settings.ts'

export const NOON = Date.UTC(2026, 4, 13, 12, 0, 0)

/** A store that survives the worker: JSON-safe copies only, as IndexedDB would keep them. */
export function createMemoryStore(): ConversationStore & { readonly values: Map<string, string> } {
  const values = new Map<string, string>()
  return {
    values,
    get: async (key) => {
      const text = values.get(key)
      return text === undefined ? undefined : JSON.parse(text)
    },
    put: async (entries) => {
      for (const [key, value] of entries) {
        if (value === null) values.delete(key)
        else values.set(key, JSON.stringify(value))
      }
    },
    keys: async () => [...values.keys()],
  }
}

/** One running call of the fake gateway, driven by the test. */
export interface Upstream {
  readonly ask: Ask
  started(): Promise<void>
  say(text: string): Promise<void>
  event(event: AnswerEvent): Promise<void>
  end(): Promise<void>
  fail(error: unknown): Promise<void>
}

/** Paid inference under the test's hands: each run waits for what the test lets it say. Its ledger books by key. */
export function createFakeInference() {
  const runs: Upstream[] = []
  const rows = new Map<string, HistoryRow>()
  const quotes: Ask['body'][] = []

  async function* run(ask: Ask): AsyncGenerator<AnswerPart, void, void> {
    const queue: (AnswerPart | 'end' | { readonly error: unknown })[] = []
    let wake: () => void = () => undefined
    const put = async (item: (typeof queue)[number]) => {
      queue.push(item)
      wake()
      await settle()
    }
    const key = ask.idempotencyKey ?? ''
    const id = `request-of-${key}`
    runs.push({
      ask,
      started: () => {
        rows.set(key, makeRow(id, { money: 'live', key }))
        return put({
          kind: 'started',
          requestId: id,
          model: 'ambient/large',
          gatewayId: 'jumpgate',
          max: { amount: toAtomic(4474n), currency: 'USDC' },
          paymentResponse: null,
        })
      },
      say: (text) => put({ kind: 'event', event: { type: 'text', text } }),
      event: (event) => put({ kind: 'event', event }),
      end: () => {
        const row = makeRow(id, { money: 'settled', key })
        rows.set(key, row)
        queue.push({ kind: 'receipt', row })
        return put('end')
      },
      fail: (error) => put({ error }),
    })
    ask.signal.addEventListener('abort', () => wake())
    while (!ask.signal.aborted) {
      const next = queue.shift()
      if (next === undefined)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      else if (next === 'end') return
      else if ('error' in next) throw next.error
      else yield next
    }
    ask.signal.throwIfAborted()
  }

  return {
    run,
    runs,
    rows,
    quotes,
    quote: async (ask: Pick<Ask, 'body'>): Promise<QuoteView> => {
      quotes.push(ask.body)
      return {
        id: 'q',
        needsApproval: false,
        quote: {
          gatewayId: 'jumpgate',
          model: 'ambient/large',
          currency: 'USDC',
          network: BASE,
          expected: toAtomic(4424n),
          max: toAtomic(4474n),
          inputTokens: 17,
          maxOutputTokens: 1000,
          atMs: NOON,
        },
      }
    },
    findByKey: async (_principal: unknown, key: string) => rows.get(key) ?? null,
  }
}

export type FakeInference = ReturnType<typeof createFakeInference>

export interface TestChat {
  readonly chat: Chat
  readonly inference: FakeInference
  readonly store: ReturnType<typeof createMemoryStore>
  readonly events: ChatEvent[]
  readonly clock: { atMs: number }
  settings: Settings
  browserRun: string
  /** The worker dies: nothing in memory is left; the same store, another instance. */
  restart(): Chat
}

export function makeChat(): TestChat {
  const store = createMemoryStore()
  const inference = createFakeInference()
  const events: ChatEvent[] = []
  const clock = { atMs: NOON }
  let ids = 0
  const test: TestChat = {
    inference,
    store,
    events,
    clock,
    settings: DEFAULT_SETTINGS,
    browserRun: 'run-1',
    restart: () => createChat(deps),
    get chat() {
      chat ??= createChat(deps)
      return chat
    },
  }
  let chat: Chat | undefined
  const deps: ChatDeps = {
    inference,
    ledger: inference,
    store,
    settings: async () => test.settings,
    clock: {
      nowMs: () => clock.atMs,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          // Times are shortened fifty-fold: telling every 30 ms, saving every second.
          const timer = setTimeout(done, ms / 50)
          signal?.addEventListener('abort', done, { once: true })
          function done() {
            clearTimeout(timer)
            signal?.removeEventListener('abort', done)
            resolve()
          }
        }),
    },
    newId: () => `id-${++ids}`,
    browserRunId: async () => test.browserRun,
    push: (event) => events.push(event),
  }
  return test
}

/** Lets everything that waits on nothing but promises run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 0))
}

export async function waitFor<T>(look: () => T | Promise<T>, isRight: (value: T) => boolean): Promise<T> {
  for (let turn = 0; turn < 400; turn++) {
    const value = await look()
    if (isRight(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('it never came to that')
}

export function draft(text: string, attachments: ConversationView['draft']['attachments'] = []) {
  return { text, attachments }
}

export function lastAnswer({ messages }: ConversationView) {
  const answer = messages.at(-1)
  if (answer?.role !== 'answer') throw new Error('the last message is no answer')
  return answer
}

export function answerError(
  reason: ConstructorParameters<typeof AnswerError>[1],
  charged: Charged,
): AnswerError {
  return new AnswerError('gateway_failed', reason, { said: 'no' }, charged, null, null)
}

export function makeRow(
  id: string,
  {
    money,
    key,
    scheme = 'exact',
  }: { money: HistoryRow['request']['money']; key: string; scheme?: 'exact' | 'upto' },
): HistoryRow {
  const amount = toAtomic(4474n)
  return {
    request: {
      id,
      principal: PANEL,
      idempotencyKey: key,
      bodyHash: '',
      gatewayId: 'jumpgate',
      model: 'ambient/large',
      paymentId: `p-${id}`,
      currency: 'USDC',
      network: BASE,
      expected: toAtomic(4424n),
      max: amount,
      held: amount,
      cost: money === 'settled' ? toAtomic(4424n) : null,
      reported: null,
      money,
      settledBy: money === 'settled' ? 'gateway' : null,
      budgetId: 'b',
      answer: 'answered',
      error: null,
      createdAtMs: NOON,
      hourStartMs: NOON,
      dayStartMs: NOON,
      finishedAtMs: null,
      usage: { promptTokens: 17, completionTokens: 10, totalTokens: 27 },
      proof: { kind: 'none' },
      settlement: null,
    },
    payment: {
      id: `p-${id}`,
      scheme,
      method: 'eip3009',
      account: '0x1',
      network: BASE,
      asset: '0x2',
      currency: 'USDC',
      gatewayId: 'jumpgate',
      payTo: '0x3',
      maximum: amount,
      nonce: null,
      state: money === 'settled' ? 'settled' : money === 'live' ? 'presented' : 'released',
      attempts: [],
      reservedAtMs: NOON,
      hourStartMs: NOON,
      dayStartMs: NOON,
      endedAtMs: null,
      charged: null,
      settledBy: null,
      transaction: null,
      check: null,
      principal: PANEL,
      grantRevision: 1,
    },
  }
}
