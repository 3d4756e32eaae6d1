/** Serves `window.x402Chat`: who is calling, how often, with which clicks; then the router; every end is a reply. */
import { hasBudget } from '../../domain/budget.ts'
import { ChatError } from '../../domain/errors.ts'
import type { Caller } from '../../inference/inference.ts'
import type { BridgeMessage, PageReply } from '../../protocol/page-messages.ts'
import { bridgeMessageSchema } from '../../protocol/page-schemas.ts'
import { type ActivationPool, createActivationPool } from './activation-pool.ts'
import { type CountedSink, createAnswerSink } from './answer-sink.ts'
import type { PageDeps } from './page-deps.ts'
import { createPageEvents } from './page-events.ts'
import type { PageContext } from './page-handler.ts'
import type { PagePort } from './page-port.ts'
import { routePage } from './page-router.ts'
import { createRateLimit } from './rate-limit.ts'
import { type Authority, readAuthority } from './read-authority.ts'
import { createRepeatBook } from './repeat-book.ts'
import { toPageFailure } from './to-page-failure.ts'

/** Source: docs/SECURITY.md 13. */
const CALLS = { calls: 20, windowMs: 1_000 }
/** Quotes of a site without a grant. Source: docs/PAGE_API.md. */
const QUOTES = { calls: 1, windowMs: 2_000 }

export interface PageServer {
  /** Takes a port that was just opened; never throws. */
  serve(port: PagePort): void
  /** Gateways or their models changed. */
  modelsChanged(): void
}

type Call = Extract<BridgeMessage, { method: string }>

interface Running {
  readonly controller: AbortController
  readonly sink: CountedSink
}

/** One open port and what is going on over it. */
interface Line {
  readonly port: PagePort
  readonly authority: Authority | null
  readonly activations: ActivationPool
  readonly running: Map<number, Running>
  open: boolean
}

export function createPageServer(deps: PageDeps): PageServer {
  const calls = createRateLimit(CALLS, deps.clock)
  const quotes = createRateLimit(QUOTES, deps.clock)
  const repeats = createRepeatBook(deps)
  const events = createPageEvents(deps)

  function contextOf(
    line: Line,
    call: Call,
    facts: { readonly authority: Authority; readonly hasGrant: boolean },
  ) {
    const { origin } = facts.authority
    const context: Omit<PageContext, 'sink' | 'signal'> = {
      origin,
      hasGrant: facts.hasGrant,
      caller: callerOf(line, facts.authority, call.id),
      key: call.key,
      async keyOfRepeat(bodyHash, isRepeat) {
        if (isRepeat) return (await repeats.find(origin, bodyHash)) ?? call.key
        repeats.note(origin, bodyHash, call.key)
        return call.key
      },
      mayQuote: () => quotes.allows(origin),
    }
    return context
  }

  async function route(line: Line, call: Call, running: Running): Promise<PageReply> {
    const { authority } = line
    let hasGrant = false
    try {
      if (!authority) throw new ChatError('no-grant')
      if (call.resumeAt === null && !calls.allows(authority.origin)) throw new ChatError('too-many-calls')
      hasGrant = hasBudget(await deps.ledger.getGrant(authority.origin))
      const context = contextOf(line, call, { authority, hasGrant })
      const { sink, controller } = running
      const done = await routePage(deps, { ...context, sink, signal: controller.signal }, call)
      return { id: call.id, done: done ?? null }
    } catch (error) {
      const fail = toPageFailure(error, hasGrant)
      if (fail.type === 'activation_required' && authority) deps.onActivationMissing?.(authority.tabId)
      return { id: call.id, fail }
    }
  }

  async function answer(line: Line, call: Call): Promise<void> {
    const controller = new AbortController()
    const { signal } = controller
    const sink = createAnswerSink(call.id, line.port.post, { skip: call.resumeAt ?? 0, signal })
    const running = { controller, sink }
    line.running.set(call.id, running)
    const reply = await route(line, call, running)
    line.running.delete(call.id)
    if (signal.aborted) return
    sink.flush()
    line.port.post(reply)
  }

  function receive(line: Line, message: unknown): void {
    const parsed = bridgeMessageSchema.safeParse(message)
    if (!parsed.success) {
      refuse(line, message)
      return
    }
    const { data } = parsed
    if ('method' in data) {
      if (line.running.has(data.id)) return
      line.activations.add(data.activations)
      void answer(line, data)
    } else if ('credit' in data) line.running.get(data.id)?.sink.credit(data.credit)
    else line.running.get(data.id)?.controller.abort()
  }

  return {
    serve(port) {
      const line: Line = {
        port,
        authority: readAuthority(port.sender),
        activations: createActivationPool(deps.clock),
        running: new Map(),
        open: true,
      }
      const leave = line.authority && events.join(line.authority, port.post)
      port.onMessage((message) => receive(line, message))
      port.onDisconnect(() => {
        line.open = false
        leave?.()
        for (const { controller } of line.running.values()) controller.abort()
      })
    },
    modelsChanged: events.modelsChanged,
  }
}

function callerOf(line: Line, { origin, tabId, documentId }: Authority, id: number): Caller {
  return {
    principal: origin,
    tabId,
    documentId,
    hasActivation: () => line.activations.has(),
    takeActivation() {
      const used = line.activations.take()
      if (used !== null) line.port.post({ id, used })
      return used !== null
    },
    isAlive: () => line.open,
  }
}

/** An envelope that nobody of ours sent: the same answer as for an unknown method. */
function refuse(line: Line, message: unknown): void {
  const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : null
  if (typeof id !== 'number') return
  line.port.post({ id, fail: toPageFailure(new ChatError('unknown-method'), false) })
}
