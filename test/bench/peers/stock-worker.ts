/** A worker that pays with the stock x402 client and tells the page of the first token. */
import { createParser } from 'eventsource-parser'
import { makeStockFetch } from './make-stock-fetch.ts'

/** What a page asks for. */
export interface StockCall {
  readonly key: `0x${string}`
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

chrome.runtime.onConnect.addListener((port) => {
  port.onMessage.addListener(({ key, url, headers, body }: StockCall) => {
    void answer(makeStockFetch(key)(url, { method: 'POST', headers, body }), (text) => port.postMessage(text))
  })
})

async function answer(response: Promise<Response>, post: (text: string | null) => void): Promise<void> {
  const { body } = await response
  if (!body) throw new Error('no body')
  const parser = createParser({ onEvent: ({ data }) => post(data) })
  for await (const text of body.pipeThrough(new TextDecoderStream())) parser.feed(text)
  post(null)
}
