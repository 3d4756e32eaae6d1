/** Writes server-sent events byte by byte under our control, with the faults that live at that level. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type FaultName, isFaultName } from '../fault-names.ts'
import { type Fault, faultFlag, faultNumber, faultWord } from '../faults.ts'
import { type Exchange, takeFault } from './exchange.ts'

/** One event stream in the making. */
export interface EventStream {
  /** Sends one event whose data is a string, or a value as JSON. */
  send(data: unknown): Promise<void>
  /** Sends one event that carries a piece of the answer; faults in mid-stream count these. */
  sendPiece(data: unknown): Promise<void>
  end(): void
}

/** Thrown when a fault, or the client, ended the stream: nothing more is to be sent. */
export class StreamEnded extends Error {
  override name = 'StreamEnded'
}

/** Sends the headers and opens the stream. */
export async function openEventStream(
  exchange: Exchange,
  headers: Record<string, string>,
): Promise<EventStream> {
  const { response, signal } = exchange
  const hang = takeFault(exchange, 'hang')
  if (hang) await sleep(faultNumber(hang, 'ms', 5000), undefined, { signal }).catch(() => {})
  response.socket?.setNoDelay(true)
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
    ...headers,
  })
  response.flushHeaders()
  const slow = takeFault(exchange, 'slow-first-token')
  if (slow) await sleep(faultNumber(slow, 'ms', 5000), undefined, { signal }).catch(() => {})
  return createEventStream(exchange)
}

function createEventStream(exchange: Exchange): EventStream {
  const { response, signal } = exchange
  const lineEnd = takeFault(exchange, 'crlf') ? '\r\n' : '\n'
  const withComments = takeFault(exchange, 'comments') !== null
  const write = takeFault(exchange, 'split-utf8') ? writeSplit : writeWhole
  const middle = takeMidStreamFault(exchange)
  let pieces = 0
  const send = async (data: unknown): Promise<void> => {
    if (signal.aborted) throw new StreamEnded()
    const text = typeof data === 'string' ? data : JSON.stringify(data)
    const comment = withComments ? `: keep-alive${lineEnd}event: message${lineEnd}` : ''
    await write(exchange, `${comment}data: ${text}${lineEnd}${lineEnd}`)
  }
  return {
    send,
    async sendPiece(data) {
      if (middle && pieces === middle.after) await middle.run({ exchange, send, fault: middle.fault })
      pieces += 1
      await send(data)
    },
    end: () => void response.end(),
  }
}

interface Middle {
  exchange: Exchange
  send(data: unknown): Promise<void>
  fault: Fault
}

const middleFaults: Readonly<Partial<Record<FaultName, (middle: Middle) => Promise<void>>>> = {
  async 'mid-stream-error'({ send, exchange, fault }) {
    await send(errorFrame(faultWord(fault, 'form', 'openai')))
    if (faultFlag(fault, 'done')) await send('[DONE]')
    exchange.response.end()
    throw new StreamEnded()
  },
  async drop({ exchange, fault }) {
    if (faultWord(fault, 'how', 'end') === 'destroy') exchange.response.destroy()
    else exchange.response.end()
    throw new StreamEnded()
  },
  async gap({ exchange, fault }) {
    await sleep(faultNumber(fault, 'ms', 5000), undefined, { signal: exchange.signal }).catch(() => {})
  },
  async 'huge-line'({ exchange, fault }) {
    const megabyte = 'a'.repeat(2 ** 20)
    await writeWhole(exchange, 'data: {"junk":"')
    for (let sent = 0; sent < faultNumber(fault, 'megabytes', 64); sent += 1)
      await writeWhole(exchange, megabyte)
    await writeWhole(exchange, '"}\n\n')
  },
  async endless({ exchange, send }) {
    while (!exchange.signal.aborted) await send({ choices: [{ index: 0, delta: { content: 'and so on ' } }] })
    throw new StreamEnded()
  },
  async 'bad-frame'({ send }) {
    await send('{"choices":[{"delta":{"content":')
  },
}

/** The first fault that is on, and after how many pieces of the answer it strikes (`after`, 8 unless told). */
function takeMidStreamFault(exchange: Exchange) {
  for (const [name, run] of Object.entries(middleFaults)) {
    const fault = isFaultName(name) ? takeFault(exchange, name) : null
    if (fault) return { fault, run, after: Number(fault.params.after ?? 8) }
  }
  return null
}

function errorFrame(form: string): unknown {
  switch (form) {
    case 'openai':
      return { error: { message: 'The auction was lost.', type: 'server_error', code: 'no_bids' } }
    case 'text':
      return { error: 'The auction was lost.' }
    case 'tagged':
      return { Error: { message: 'The auction was lost.' } }
    default:
      throw new Error(`mid-stream-error knows openai, text and tagged, not "${form}"`)
  }
}

/** Writes, and waits when the client reads more slowly than we speak. */
async function writeWhole({ response, signal }: Exchange, bytes: string | Buffer): Promise<void> {
  if (signal.aborted || response.destroyed) throw new StreamEnded()
  if (response.write(bytes)) return
  await new Promise<void>((done) => {
    const finish = () => {
      response.off('drain', finish)
      response.off('close', finish)
      done()
    }
    response.once('drain', finish)
    response.once('close', finish)
  })
}

/** Cuts every character that takes more than one byte, each half in its own packet. */
async function writeSplit(exchange: Exchange, text: string): Promise<void> {
  const bytes = Buffer.from(text)
  let from = 0
  for (let index = 1; index < bytes.length; index += 1) {
    const continues = ((bytes[index] ?? 0) & 0xc0) === 0x80
    if (!continues) continue
    await writeWhole(exchange, bytes.subarray(from, index))
    await sleep(2)
    from = index
  }
  await writeWhole(exchange, bytes.subarray(from))
}
