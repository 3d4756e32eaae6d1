import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test'

/** Live memory after a collection, in MB. */
export interface Memory {
  worker(): Promise<number>
  page(): Promise<number>
  end(): Promise<void>
}

/** Watches the extension's worker and one page, whose heap holds the bridge's too. */
export async function watchMemory(context: BrowserContext, scriptUrl: string, page: Page): Promise<Memory> {
  const browser = context.browser()
  if (!browser) throw new Error('no browser')
  const worker = await attach(browser, scriptUrl)
  const pageSession = await context.newCDPSession(page)
  const pageSend = (method: 'HeapProfiler.collectGarbage' | 'Runtime.getHeapUsage') =>
    pageSession.send(method)
  return {
    worker: () => live((method) => worker.send(method)),
    page: () => live(pageSend as (method: string) => Promise<Answer>),
    async end() {
      await worker.session.detach()
      await pageSession.detach()
    },
  }
}

type Answer = Record<string, unknown>

async function live(send: (method: string) => Promise<Answer>): Promise<number> {
  await send('HeapProfiler.collectGarbage')
  const { usedSize, backingStorageSize } = await send('Runtime.getHeapUsage')
  return (Number(usedSize) + Number(backingStorageSize ?? 0)) / 1_000_000
}

async function attach(browser: Browser, scriptUrl: string) {
  const session: CDPSession = await browser.newBrowserCDPSession()
  const { targetInfos } = await session.send('Target.getTargets')
  const target = targetInfos.find(({ type, url }) => type === 'service_worker' && url === scriptUrl)
  if (!target) throw new Error(`no worker runs ${scriptUrl}`)
  const { sessionId } = await session.send('Target.attachToTarget', {
    targetId: target.targetId,
    flatten: false,
  })
  const waiting = new Map<number, (answer: Answer) => void>()
  session.on('Target.receivedMessageFromTarget', (event) => {
    if (event.sessionId !== sessionId) return
    const { id, result } = JSON.parse(event.message) as { id?: number; result?: Answer }
    if (id !== undefined) waiting.get(id)?.(result ?? {})
  })
  let lastId = 0
  return {
    session,
    send(method: string): Promise<Answer> {
      const id = ++lastId
      const answered = new Promise<Answer>((done) => waiting.set(id, done))
      void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
      return answered
    },
  }
}
