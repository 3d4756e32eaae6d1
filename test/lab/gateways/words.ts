/** Where an answer's words come from: the deterministic writer, or a real model behind LAB_UPSTREAM. */
import { setTimeout as sleep } from 'node:timers/promises'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import type { Rate } from '../rates.ts'
import { write } from '../writer.ts'
import type { ChatBody } from './chat-body.ts'

/** One piece of an answer, in the order in which it is said. */
export type Word =
  | { kind: 'reasoning'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'tool'; id: string; name: string; arguments: string }
  | { kind: 'finish'; reason: string }

/** Speaks one answer; ends early when the signal is aborted. */
export type Words = (body: ChatBody, rate: Rate, signal: AbortSignal) => AsyncIterable<Word>

/** Chooses by LAB_UPSTREAM, an OpenAI-compatible base URL; LAB_UPSTREAM_MODEL and LAB_UPSTREAM_KEY go with it. */
export function createWords(environment: NodeJS.ProcessEnv = process.env): Words {
  if (!environment.LAB_UPSTREAM) return speakWritten
  const base = environment.LAB_UPSTREAM.replace(/\/$/, '')
  const key = environment.LAB_UPSTREAM_KEY ?? 'none'
  let first: Promise<string> | undefined
  const model = async () => {
    if (environment.LAB_UPSTREAM_MODEL) return environment.LAB_UPSTREAM_MODEL
    first ??= firstModelOf(base, key)
    return first
  }
  return (body, _rate, signal) => askUpstream({ base, model, key, body, signal })
}

async function* speakWritten(body: ChatBody, rate: Rate, signal: AbortSignal): AsyncIterable<Word> {
  const written = write({
    messages: body.messages,
    maxTokens: body.maxOutputTokens,
    tools: body.tools,
    toolChoice: body.toolChoice,
    responseFormat: body.responseFormat,
  })
  const pace = createPace(rate, signal)
  for (const text of written.reasoning) {
    if (!(await pace())) return
    yield { kind: 'reasoning', text }
  }
  for (const text of written.text) {
    if (!(await pace())) return
    yield { kind: 'text', text }
  }
  for (const call of written.toolCalls) yield { kind: 'tool', ...call }
  yield { kind: 'finish', reason: written.finishReason }
}

/**
 * Holds each token until its turn, by one clock from the start, so that coarse timers lose nothing. False: the
 * client has gone.
 */
function createPace(rate: Rate, signal: AbortSignal): () => Promise<boolean> {
  const start = performance.now()
  let said = 0
  return async () => {
    if (signal.aborted) return false
    if (rate.tokensPerSecond <= 0) return true
    said += 1
    const wait = start + (said * 1000) / rate.tokensPerSecond - performance.now()
    if (wait > 1) await sleep(wait)
    return true
  }
}

interface UpstreamCall {
  base: string
  /** The model that is asked for; the first that the service lists, unless LAB_UPSTREAM_MODEL names one. */
  model: () => Promise<string>
  key: string
  body: ChatBody
  signal: AbortSignal
}

/** What goes to any OpenAI-compatible service; a gateway's own fields do not. */
const FORWARDED = [
  ...['messages', 'temperature', 'top_p', 'stop', 'tools', 'tool_choice', 'response_format'],
  ...['max_tokens', 'max_completion_tokens'],
]

async function* askUpstream({ base, model, key, body, signal }: UpstreamCall): AsyncIterable<Word> {
  const plain = Object.fromEntries(
    FORWARDED.filter((name) => name in body.raw).map((name) => [name, body.raw[name]]),
  )
  const response = await fetch(`${base}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ ...plain, model: await model(), stream: true }),
    signal,
  })
  if (!response.ok || response.body === null) throw new Error(`LAB_UPSTREAM answered ${response.status}`)
  const calls: ToolFragments = new Map()
  let finished: string | null = null
  const frames = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  for await (const { data } of frames) {
    if (data === '[DONE]') break
    const choice = readChunk(data)
    yield* wordsOf(choice)
    for (const fragment of choice?.delta?.tool_calls ?? []) collect(calls, fragment)
    finished = choice?.finish_reason ?? finished
  }
  if (finished === null) throw new Error('LAB_UPSTREAM broke off')
  for (const call of calls.values()) yield { kind: 'tool', ...call }
  yield { kind: 'finish', reason: finished }
}

async function firstModelOf(base: string, key: string): Promise<string> {
  const response = await fetch(`${base}/models`, { headers: { authorization: `Bearer ${key}` } })
  const { data } = (await response.json()) as { data?: { id: string }[] }
  const [first] = data ?? []
  if (!first) throw new Error('LAB_UPSTREAM lists no models: name one in LAB_UPSTREAM_MODEL')
  return first.id
}

interface ToolFragment {
  index?: number
  id?: string
  function?: { name?: string; arguments?: string }
}

interface UpstreamChoice {
  delta?: {
    content?: string | null
    reasoning_content?: string | null
    reasoning?: string | null
    tool_calls?: ToolFragment[]
  }
  finish_reason?: string | null
}

function readChunk(data: string): UpstreamChoice | undefined {
  const chunk = JSON.parse(data) as { choices?: UpstreamChoice[]; error?: unknown }
  if (chunk.error) throw new Error(`LAB_UPSTREAM failed: ${JSON.stringify(chunk.error)}`)
  return chunk.choices?.[0]
}

function* wordsOf(choice: UpstreamChoice | undefined): Iterable<Word> {
  const reasoning = choice?.delta?.reasoning_content ?? choice?.delta?.reasoning
  if (reasoning) yield { kind: 'reasoning', text: reasoning }
  if (choice?.delta?.content) yield { kind: 'text', text: choice.delta.content }
}

type ToolFragments = Map<number, { id: string; name: string; arguments: string }>

/** A call comes in pieces: its id and name first, its arguments bit by bit. */
function collect(calls: ToolFragments, { index = 0, id, function: part }: ToolFragment): void {
  const known = calls.get(index) ?? { id: '', name: '', arguments: '' }
  calls.set(index, {
    id: known.id || (id ?? ''),
    name: known.name + (part?.name ?? ''),
    arguments: known.arguments + (part?.arguments ?? ''),
  })
}
