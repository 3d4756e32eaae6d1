/** From a paid response to a whole answer: events go out as they come. */
import { ChatError } from '../domain/errors.ts'
import type { AnswerEvent } from '../gateways/gateway.ts'
import type { AnswerJob } from './answer-job.ts'
import type { Call } from './call.ts'
import type { Clock } from './clock.ts'
import type { InferenceDeps } from './ports.ts'
import type { Transcript } from './transcript.ts'

/** A stream that says nothing for so long is over. Source: docs/GATEWAYS.md. */
const SILENCE_MS = 5 * 60_000

/**
 * Reads the body to its end marker. Throws ChatError: stream-truncated, stream-silent, stream-too-large, gateway-error,
 * aborted; what came until then is in the transcript.
 */
export async function streamAnswer(
  deps: Pick<InferenceDeps, 'clock'>,
  call: Pick<Call, 'gateway'>,
  context: { readonly response: Response; readonly job: AnswerJob; readonly transcript: Transcript },
): Promise<void> {
  const { response, job, transcript } = context
  const reader = response.body?.getReader()
  if (!reader) throw new ChatError('stream-truncated')
  const decoder = call.gateway.createDecoder(response.headers.get('content-type') ?? '')
  const stop = () => void reader.cancel().catch(() => undefined)
  const silence = watchSilence(deps.clock, stop)
  job.signal.addEventListener('abort', stop, { once: true })
  try {
    for (let ended = false; !ended; ) {
      const { done, value } = await silence.during(readFrom(reader))
      if (job.signal.aborted) throw new ChatError('aborted')
      if (silence.isOver()) throw new ChatError('stream-silent')
      let room: Promise<void> | undefined
      for (const event of done ? decoder.finish() : decoder.push(value)) {
        transcript.add(event)
        if (event.type === 'end') ended = true
        else room = forward(event, job)
      }
      // One wait for all that one read brought: room after the last is room after each.
      await room
      if (done && !ended) throw new ChatError('stream-truncated')
    }
  } finally {
    silence.end()
    job.signal.removeEventListener('abort', stop)
    stop()
  }
}

/** Throws at once for an error of the gateway; the promise resolves when readers have room again. */
function forward(event: AnswerEvent, job: AnswerJob): Promise<void> {
  if (event.type === 'error') {
    throw new ChatError(event.code === 'truncated' ? 'stream-truncated' : 'gateway-error', {
      ...(event.message === null ? {} : { said: event.message }),
    })
  }
  return job.write({ kind: 'event', event })
}

async function readFrom(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read()
  } catch (cause) {
    throw new ChatError('stream-truncated', {}, { cause })
  }
}

/** One timer for the whole stream: it looks again when the oldest silence that may still go on would be too long. */
function watchSilence(clock: Clock, stop: () => void) {
  const ended = new AbortController()
  let sinceMs: number | null = null
  let isOver = false
  const watch = async () => {
    let waitMs = SILENCE_MS
    for (;;) {
      await clock.sleep(waitMs, ended.signal)
      if (ended.signal.aborted) return
      const silentMs = sinceMs === null ? 0 : clock.monotonicMs() - sinceMs
      if (silentMs >= SILENCE_MS) break
      waitMs = SILENCE_MS - silentMs
    }
    isOver = true
    stop()
  }
  void watch()
  return {
    /** Only reading counts: a slow reader of ours is not the gateway's silence. */
    async during<T>(read: Promise<T>): Promise<T> {
      sinceMs = clock.monotonicMs()
      try {
        return await read
      } finally {
        sinceMs = null
      }
    },
    isOver: () => isOver,
    end: () => ended.abort(),
  }
}
