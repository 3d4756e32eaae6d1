/** A provider for a site's own tests: the page script as it ships, over a background that is played. */
import { createCalls } from '../../page/calls.ts'
import { createProvider } from '../../page/provider.ts'
import type { Model, X402Chat } from '../x402chat.d.ts'
import { playCall } from './play-call.ts'
import type { Stage } from './stage.ts'
import { createStandInBook } from './stand-in-book.ts'
import type { StandInOptions } from './stand-in-options.ts'
import type { Message, Reply, ReplyTo } from './wire.ts'

const MODEL: Model = {
  ...{ id: 'stand-in', gateway: 'stand-in', owned_by: 'stand-in', context_length: 8_192 },
  pricing: { currency: 'USDC', input: '0.10', output: '0.40', per: 1_000_000 },
}

/** Nothing is asked, signed or sent; `options` say what the person and the model do. */
export function createStandIn(options: StandInOptions = {}): X402Chat {
  const running = new Set<number>()
  const { provider, receive } = createProvider(createCalls((message) => setTimeout(take, 0, message)))
  // The script builds by hand what the types describe.
  const page = provider as unknown as X402Chat
  const stage: Stage = {
    options,
    price: options.price ?? '0.001',
    book: createStandInBook('https://stand-in.invalid'),
    models: options.models ?? [MODEL],
    baseUrl: page.clientOptions.baseURL,
    asked: new Map(),
    tell: receive,
  }

  function take(message: Message): void {
    const { id } = message
    if ('abort' in message) running.delete(id)
    if (!('method' in message)) return
    running.add(id)
    const send = (reply: Reply) => {
      if (running.has(id)) receive(reply)
    }
    void playCall(stage, message.method, JSON.parse(message.params), replyTo(id, send)).finally(() =>
      running.delete(id),
    )
  }
  return page
}

function replyTo(id: number, send: (reply: Reply) => void): ReplyTo {
  return {
    head: (head) => send({ id, head }),
    text: (text) => send({ id, texts: [text] }),
    done: (done) => send({ id, done }),
    fail: (fail) => send({ id, fail }),
  }
}
