/** Carries calls between one page and the background, over as many lives of the worker as it takes. */
import type { BridgeMessage, PageFailure, PageMessage } from '../../protocol/page-messages.ts'
import { localFailure } from '../page-error.ts'
import type { BackgroundPort, BridgeRuntime } from './bridge-runtime.ts'
import type { Activations } from './watch-activations.ts'

/** Deaths of the worker in a row, without a word from it, after which calls are given up. */
const MOST_RESTARTS = 3
const RESTART_PAUSE_MS = 100

interface Pending {
  readonly method: string
  readonly params: string
  readonly key: string
  sent: boolean
  /** Texts that the page has; null until its answer began. */
  texts: number
  requestId: string | undefined
  usedActivation: boolean
}

export function relay(page: MessagePort, runtime: BridgeRuntime, activations: Activations): void {
  const pending = new Map<number, Pending>()
  let background: BackgroundPort | undefined
  let restarts = 0

  function connect(): BackgroundPort {
    const port = runtime.connect()
    port.onMessage((reply) => {
      restarts = 0
      if (!('id' in reply)) return page.postMessage(reply)
      const call = pending.get(reply.id)
      if (!call) return
      if ('used' in reply) {
        activations.use(reply.used)
        call.usedActivation = true
        return
      }
      if ('head' in reply) {
        const { 'x-request-id': requestId } = reply.head.headers
        if (call.requestId === undefined) call.requestId = requestId
        // The answer goes on after a restart: the page has its head already. Another answer is none.
        else return call.requestId === requestId ? undefined : giveUp(reply.id, call)
      }
      if ('texts' in reply) call.texts += reply.texts.length
      if ('done' in reply || 'fail' in reply) pending.delete(reply.id)
      page.postMessage(reply)
    })
    port.onDisconnect(() => {
      if (background !== port) return
      background = undefined
      if (pending.size > 0) setTimeout(resume, RESTART_PAUSE_MS * restarts++)
    })
    return port
  }

  /** Back from the back/forward cache: the port ended when the document froze, and nothing may have said so. */
  function comeBack(): void {
    background?.close()
    background = undefined
    restarts = 0
    // Whoever left has let the question go: another one takes another click.
    for (const call of pending.values()) call.usedActivation = false
    resume()
  }

  function post(message: BridgeMessage): void {
    background ??= connect()
    background.post(message)
  }

  function send(id: number, call: Pending): void {
    if (!pending.has(id)) return
    const { method, params, key, texts, sent } = call
    if (call.usedActivation) activations.giveBack()
    call.usedActivation = false
    try {
      const resumeAt = sent ? texts : null
      post({ id, method, params, key, activations: activations.unused(), resumeAt })
      call.sent = true
    } catch {
      giveUp(id, call)
    }
  }

  function resume(): void {
    for (const [id, call] of pending) {
      if (restarts > MOST_RESTARTS) giveUp(id, call)
      else send(id, call)
    }
  }

  function giveUp(id: number, call: Pending): void {
    pending.delete(id)
    page.postMessage({ id, fail: lost(call) })
  }

  runtime.onEvent((event) => page.postMessage(event))
  runtime.onReturn(comeBack)
  page.onmessage = ({ data }: MessageEvent<PageMessage>) => {
    const { id } = data
    if ('method' in data) {
      const { method, params } = data
      const key = crypto.randomUUID()
      const call = { method, params, key, sent: false, texts: 0, requestId: undefined, usedActivation: false }
      pending.set(id, call)
      whenActive(() => send(id, call))
    } else if (pending.has(id)) {
      // Between two lives of the worker there is nobody to tell, and nothing is sent again.
      if ('abort' in data) pending.delete(id)
      background?.post(data)
    }
  }
}

/** A prerendered document asks for nothing before the person sees it. */
function whenActive(act: () => void): void {
  if ('prerendering' in document && document.prerendering)
    document.addEventListener('prerenderingchange', act, { once: true })
  else act()
}

function lost({ method, params, sent }: Pending): PageFailure {
  const mayPay = method === 'chat.create' || (method === 'fetch' && !params.includes('"method":"GET"'))
  return sent && mayPay
    ? localFailure(
        'paid_no_answer',
        'The extension stopped before the answer was whole. A payment may have been made: see the receipts.',
      )
    : localFailure('disconnected', 'The extension was updated or restarted. Reload the page and try again.')
}
