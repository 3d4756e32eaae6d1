/** The one approval window of the browser: a popup-type window of our own page. */
import { browser } from './browser.ts'

const SIZE = { width: 420, height: 680 }

export function createApprovalWindow() {
  const url = browser.runtime.getURL('/approval.html')
  const listeners = new Set<() => void>()
  let windowId: number | undefined
  let work: Promise<void> = Promise.resolve()

  browser.windows.onRemoved.addListener((id) => {
    if (id !== windowId) return
    windowId = undefined
    for (const listener of listeners) listener()
  })

  async function findOpen(): Promise<number | undefined> {
    if (windowId !== undefined) return windowId
    const [tab] = await browser.tabs.query({ url })
    return tab?.windowId
  }

  async function open(): Promise<void> {
    windowId = await findOpen()
    if (windowId !== undefined) {
      await browser.windows.update(windowId, { focused: true }).catch(() => undefined)
      return
    }
    const made = await browser.windows.create({ url, type: 'popup', focused: true, ...SIZE })
    windowId = made?.id
  }

  async function close(): Promise<void> {
    const id = await findOpen()
    if (id === undefined) return
    // Forgotten first: a window that we close ourselves is no answer of the person.
    windowId = undefined
    await browser.windows.remove(id).catch(() => undefined)
  }

  const inTurn = (action: () => Promise<void>) => {
    work = work.then(action, action)
    return work
  }

  return {
    open: () => inTurn(open),
    close: () => inTurn(close),
    onClosed: (listener: () => void) => {
      listeners.add(listener)
    },
  }
}
