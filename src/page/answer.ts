/** One answer in its two forms: a Response for clients that fetch, values for the direct API. */

import { type ChunkStream, createChatStream } from './chat-stream.ts'
import type { PageCall } from './page-call.ts'
import { X402ChatError } from './page-error.ts'
import { encode, NativeResponse, NativeStream, parse, stringify } from './primitives.ts'

/** Before and after the JSON of one server-sent event. */
const DATA = 'data: '
const END = '\n\n'

export async function toResponse(call: PageCall): Promise<Response> {
  const { status, headers, stream } = await call.head
  if (!stream) return new NativeResponse(await call.whole(), { status, headers })
  const body = new NativeStream<Uint8Array>(
    {
      async pull(output) {
        try {
          const text = await call.next()
          if (text === null) output.close()
          else output.enqueue(encode(text))
        } catch (error) {
          if (!(error instanceof X402ChatError)) throw error
          // What clients of the OpenAI wire throw on, in mid-stream.
          output.enqueue(encode(DATA + errorText(error) + END))
          output.close()
        }
      },
      cancel: (reason) => call.controller.abort(reason),
    },
    { highWaterMark: 0 },
  )
  return new NativeResponse(body, { status, headers })
}

/** A refusal as a Response: `fetch` never rejects for one. */
export function refusalResponse(failure: X402ChatError): Response {
  return new NativeResponse(errorText(failure), {
    status: failure.status,
    headers: {
      'content-type': 'application/json',
      ...(failure.status === 503 ? {} : { 'x-should-retry': 'false' }),
    },
  })
}

function errorText({ message, type, code, charged }: X402ChatError): string {
  return stringify({ error: { message, type, code, charged } })
}

/** The completion, or the stream of its chunks. */
export async function toData(call: PageCall): Promise<unknown> {
  const { stream } = await call.head
  return stream ? chunksOf(call) : parse((await call.whole()) ?? 'null')
}

function chunksOf(call: PageCall): ChunkStream {
  return createChatStream(
    async () => {
      for (;;) {
        const text = await call.next()
        if (text === null) return { done: true, value: undefined }
        const json = text.slice(DATA.length)
        if (json.startsWith('{')) return { done: false, value: parse(json) }
      }
    },
    call.controller,
    () => call.controller.abort(),
  )
}
