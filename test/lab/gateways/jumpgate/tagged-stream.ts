/** JumpGate's answer: lifecycle, reasoning, text, usage with the answer's hash, then the verification. */
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { faultNumber } from '../../faults.ts'
import { countTokens } from '../../writer.ts'
import { type ChatBody, countInputTokens } from '../chat-body.ts'
import { type EventStream, openEventStream } from '../event-stream.ts'
import { type Exchange, takeFault } from '../exchange.ts'
import type { Word } from '../words.ts'

/** Between usage and verification, in milliseconds. */
const usualVerificationMs = 300

/** Streams the whole answer in tagged frames; with the fault `untagged` in OpenAI's plain chunks. */
export async function streamTagged(
  exchange: Exchange,
  body: ChatBody,
  headers: Record<string, string>,
): Promise<void> {
  const verification = planVerification(exchange, body)
  const tag = takeFault(exchange, 'untagged') === null
  const stream = await openEventStream(exchange, headers)
  for (const type of lifecycle) await stream.send({ Lifecycle: { type } })
  const said = await streamWords({ exchange, body, stream, tag })
  if (body.raw.emit_usage !== false) await stream.send(usageFrame(body, said))
  if (verification.verified !== null) {
    await sleep(verification.afterMs, undefined, { signal: exchange.signal }).catch(() => {})
    await stream.send({ Verification: { verified: verification.verified } })
  }
  await stream.send('"Done"')
  await stream.send('[DONE]')
  stream.end()
}

const lifecycle = ['jobRequested', 'auctionStarted', 'bid', 'auctionEnded', 'winningBid', 'requestForwarded']

interface Saying {
  exchange: Exchange
  body: ChatBody
  stream: EventStream
  tag: boolean
}

/** Returns all that was said: reasoning, then text. */
async function streamWords({
  exchange,
  body,
  stream,
  tag,
}: Saying): Promise<{ reasoning: string; text: string }> {
  const { words, rate } = exchange.gateway
  const id = `chatcmpl-${exchange.bodyHash.slice(0, 24)}`
  const created = Math.floor(Date.now() / 1000)
  const said = { reasoning: '', text: '' }
  let calls = 0
  for await (const word of words(body, rate, exchange.signal)) {
    if (word.kind === 'reasoning') said.reasoning += word.text
    if (word.kind === 'text') said.text += word.text
    const choice = choiceOf(word, word.kind === 'tool' ? calls++ : 0)
    const chunk = { id, object: 'chat.completion.chunk', created, model: body.model, choices: [choice] }
    await stream.sendPiece(tag ? { Content: chunk } : chunk)
  }
  return said
}

/** One word as the choice of an OpenAI chunk. */
export function choiceOf(word: Word, callIndex: number) {
  switch (word.kind) {
    case 'reasoning':
      return { index: 0, delta: { reasoning_content: word.text }, finish_reason: null }
    case 'text':
      return { index: 0, delta: { content: word.text }, finish_reason: null }
    case 'tool': {
      const call = { name: word.name, arguments: word.arguments }
      const tool_calls = [{ index: callIndex, id: word.id, type: 'function', function: call }]
      return { index: 0, delta: { tool_calls }, finish_reason: null }
    }
    case 'finish':
      return { index: 0, delta: {}, finish_reason: word.reason }
  }
}

function usageFrame(body: ChatBody, said: { reasoning: string; text: string }) {
  const prompt_tokens = countInputTokens(body)
  const completion_tokens = countTokens(said.reasoning) + countTokens(said.text)
  return {
    Usage: {
      usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
      merkle_root: createHash('sha256').update(said.text).digest('hex'),
    },
  }
}

/** What the stream will say of the verification, and when; null says nothing. */
function planVerification(exchange: Exchange, body: ChatBody): { verified: boolean | null; afterMs: number } {
  if (takeFault(exchange, 'no-verification')) return { verified: null, afterMs: 0 }
  if (takeFault(exchange, 'verified-false')) return { verified: false, afterMs: usualVerificationMs }
  const late = takeFault(exchange, 'late-verification')
  if (late) return { verified: true, afterMs: faultNumber(late, 'ms', 5000) }
  const silent = body.raw.emit_verified === false
  return { verified: silent ? null : true, afterMs: usualVerificationMs }
}
