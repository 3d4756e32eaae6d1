/** Asks the background what the extension's own screens ask it. */
import type { Page } from '@playwright/test'
import type { UiMethod } from '../../src/protocol/ui-protocol.ts'

/** `page` is a page of the extension. Rejects with the cause where the background says no. */
export function askUi<T>(page: Page, method: UiMethod, params: object): Promise<T> {
  return page.evaluate(
    async (call) => {
      const reply = await chrome.runtime.sendMessage(call)
      if (!reply?.ok) throw new Error(`${call.ui}: ${reply?.cause ?? 'no reply'}`)
      return reply.value
    },
    { ui: method, params },
  )
}
