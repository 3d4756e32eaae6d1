/** A stream of chunks as the OpenAI client has it: read once, or split with `tee`. */
import { encode, NativeStream, stringify } from './primitives.ts'

export interface ChunkStream extends AsyncIterable<unknown> {
  readonly controller: AbortController
  tee(): [ChunkStream, ChunkStream]
  /** One JSON text per line, in UTF-8. */
  toReadableStream(): ReadableStream<Uint8Array>
}

type Pull = () => Promise<IteratorResult<unknown, undefined>>

/** `leave`: called when the reader leaves before the end. */
export function createChatStream(pull: Pull, controller: AbortController, leave: () => void): ChunkStream {
  let used = false
  async function* iterate(): AsyncGenerator<unknown, void, undefined> {
    if (used) throw new TypeError('This stream was read already: use tee() to read it twice.')
    used = true
    let ended = false
    try {
      for (;;) {
        const step = await pull().catch((error: unknown) => {
          ended = true
          throw error
        })
        if (step.done) {
          ended = true
          return
        }
        yield step.value
      }
    } finally {
      if (!ended) leave()
    }
  }
  return {
    controller,
    [Symbol.asyncIterator]: iterate,
    tee() {
      const source = iterate()
      let readers = 2
      const leaveBranch = () => {
        readers -= 1
        if (readers === 0) leave()
      }
      const branch = (own: ReturnType<Pull>[], other: ReturnType<Pull>[]): ChunkStream =>
        createChatStream(
          () => {
            if (own.length === 0) {
              const step = source.next() as ReturnType<Pull>
              own.push(step)
              other.push(step)
            }
            return own.shift() as ReturnType<Pull>
          },
          controller,
          leaveBranch,
        )
      const left: ReturnType<Pull>[] = []
      const right: ReturnType<Pull>[] = []
      return [branch(left, right), branch(right, left)]
    },
    toReadableStream() {
      const source = iterate()
      return new NativeStream({
        async pull(output) {
          const step = await source.next()
          if (step.done) output.close()
          else output.enqueue(encode(`${stringify(step.value)}\n`))
        },
        // The generator would take a `return` only after the chunk that it waits for.
        cancel: leave,
      })
    },
  }
}
