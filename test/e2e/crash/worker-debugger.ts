/** Stops the extension's service worker at a line of its built file. */
import type { Browser, CDPSession } from '@playwright/test'

/** Where the worker is to stop. Lines count from 0, as in the protocol. */
export interface Stop {
  readonly line: number
  readonly condition?: string
}

/** One life of the worker under a debugger. A worker with a debugger attached never idles: detach it. */
export interface WorkerDebugger {
  setBreakpoint(stop: Stop): Promise<void>
  /** Resolves once the worker stands still at the breakpoint; rejects when it has not within the time. */
  paused(timeoutMs: number): Promise<void>
  /** Takes the breakpoint away and lets the worker run on. */
  resume(): Promise<void>
  /** Runs in the worker. */
  evaluate(expression: string): Promise<unknown>
  /** Never throws: the worker may be gone by now. */
  detach(): Promise<void>
}

/** Longest wait for a worker to appear, in ms. */
const APPEARS_MS = 10_000

/** Attaches to the worker whose script has this address; waits for it to run. */
export async function attachToWorker(browser: Browser, scriptUrl: string): Promise<WorkerDebugger> {
  const session = await browser.newBrowserCDPSession()
  const targetId = await findTarget(session, scriptUrl)
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false })
  const { send, on } = tunnel(session, sessionId)
  let hit: () => void = () => undefined
  const isHit = new Promise<void>((done) => {
    hit = done
  })
  on('Debugger.paused', hit)
  await send('Debugger.enable')
  let breakpointId = ''
  return {
    async setBreakpoint({ line, condition }) {
      const place = { url: scriptUrl, lineNumber: line, columnNumber: 0 }
      const set = await send('Debugger.setBreakpointByUrl', condition ? { ...place, condition } : place)
      breakpointId = String(set.breakpointId)
    },
    paused: (timeoutMs) => within(isHit, timeoutMs, 'the worker did not stop at its point'),
    async resume() {
      await send('Debugger.removeBreakpoint', { breakpointId })
      await send('Debugger.resume')
    },
    async evaluate(expression) {
      const answer = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
      if (answer.exceptionDetails) throw new Error(JSON.stringify(answer.exceptionDetails))
      return (answer.result as { value?: unknown }).value
    },
    detach: () => session.detach().catch(() => undefined),
  }
}

async function findTarget(session: CDPSession, scriptUrl: string): Promise<string> {
  const untilMs = performance.now() + APPEARS_MS
  for (;;) {
    const { targetInfos } = await session.send('Target.getTargets')
    const found = targetInfos.find(({ type, url }) => type === 'service_worker' && url === scriptUrl)
    if (found) return found.targetId
    if (performance.now() > untilMs) throw new Error(`no worker runs ${scriptUrl}`)
    await new Promise((done) => setTimeout(done, 50))
  }
}

type Answer = Record<string, unknown>

/** Speaks with one target through the browser's own connection. */
function tunnel(session: CDPSession, sessionId: string) {
  let lastId = 0
  const waiting = new Map<number, (message: { result?: Answer; error?: { message: string } }) => void>()
  const listeners = new Map<string, () => void>()
  session.on('Target.receivedMessageFromTarget', (event) => {
    if (event.sessionId !== sessionId) return
    const message = JSON.parse(event.message)
    if (message.id === undefined) listeners.get(message.method)?.()
    else waiting.get(message.id)?.(message)
  })
  return {
    on: (method: string, listener: () => void) => void listeners.set(method, listener),
    async send(method: string, params: object = {}): Promise<Answer> {
      const id = ++lastId
      const answered = new Promise<Answer>((done, fail) => {
        waiting.set(id, ({ result, error }) =>
          error ? fail(new Error(`${method}: ${error.message}`)) : done(result ?? {}),
        )
      })
      const message = JSON.stringify({ id, method, params })
      await session.send('Target.sendMessageToTarget', { sessionId, message })
      return within(answered, APPEARS_MS, `${method}: no answer`)
    },
  }
}

async function within<T>(promise: Promise<T>, timeoutMs: number, otherwise: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(otherwise)), timeoutMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
