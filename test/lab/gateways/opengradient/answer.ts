import { randomUUID } from 'node:crypto'
import { formatUnits } from 'viem'
import { countTokens, textOfContent } from '../../writer.ts'
import type { ChatBody } from '../chat-body.ts'
import type { Word } from '../words.ts'
import { canonicalRequest } from './canonical-request.ts'
import { type Enclaves, type ProofFault, proveAnswer } from './enclaves.ts'
import { pythonJson } from './python-json.ts'

type Json = Record<string, unknown>

/** What the gateway says one OPG is worth; only ever reported. */
const OPG_PRICE_USD = '0.05'

/** As a whole answer carries it: without `index`. */
export interface ToolCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

/** What was said so far. */
export interface Spoken {
  text: string[]
  toolCalls: ToolCall[]
}

/** Takes a word in; a tool call without an id goes on with the one before it. */
export function hear(spoken: Spoken, word: Word): void {
  if (word.kind === 'text') spoken.text.push(word.text)
  if (word.kind !== 'tool') return
  const last = spoken.toolCalls.at(-1)
  if (word.id === '' && last) last.function.arguments += word.arguments
  else {
    const made = { name: word.name, arguments: word.arguments }
    spoken.toolCalls.push({ id: word.id, type: 'function', function: made })
  }
}

export interface AnswerInput {
  body: ChatBody
  enclaves: Enclaves
  /** Atomic OPG. */
  pricePerToken: bigint
  proofFault: ProofFault | null
  /** The gateway's own slip: an answer that does not say what it costs, and is not charged. */
  withoutCost: boolean
}

/** How an answer ends: why, what it costs in atomic OPG, and the proof, usage and costs that it carries. */
export interface Ending {
  finishReason: 'stop' | 'tool_calls'
  cost: bigint
  fields: Json
}

/** Counts, prices and signs what was said. */
export function endAnswer({ body, ...input }: AnswerInput, { text, toolCalls }: Spoken): Ending {
  const usage = countUsage(body, { text, toolCalls })
  const cost = BigInt(usage.total_tokens) * input.pricePerToken
  const proved = {
    request: canonicalRequest(body.raw),
    output: toolCalls.length > 0 ? pythonJson(toolCalls) : text.join(''),
    timestamp: Math.floor(Date.now() / 1000),
  }
  const proof = proveAnswer(input.enclaves, proved, input.proofFault)
  return {
    finishReason: toolCalls.length > 0 ? 'tool_calls' : 'stop',
    cost: input.withoutCost ? 0n : cost,
    fields: { ...proof, usage, ...(input.withoutCost ? {} : { opengradient: costBlock(cost) }) },
  }
}

/** The answer as one JSON object, in OpenAI's shape. */
export function wholeAnswer(body: ChatBody, spoken: Spoken, ending: Ending): Json {
  const isChat = !('prompt' in body.raw)
  const text = spoken.text.join('')
  const calls = spoken.toolCalls.length > 0 ? { tool_calls: spoken.toolCalls } : {}
  const choice = isChat
    ? {
        index: 0,
        message: { role: 'assistant', content: text, ...calls },
        finish_reason: ending.finishReason,
      }
    : { index: 0, text, finish_reason: ending.finishReason }
  return {
    id: `${isChat ? 'chatcmpl' : 'cmpl'}-${randomUUID()}`,
    object: isChat ? 'chat.completion' : 'text_completion',
    created: Math.floor(Date.now() / 1000),
    model: body.model,
    choices: [choice],
    ...ending.fields,
  }
}

/** One frame of a stream; it holds nothing but choices and model. */
export function textFrame(model: string, content: string): Json {
  return frame(model, { content, role: 'assistant' })
}

/** The frames of the tool calls, each with its index. */
export function toolFrames(model: string, toolCalls: readonly ToolCall[]): Json[] {
  return toolCalls.flatMap((call, index) =>
    callDeltas(call, { index, whole: sendsWholeCalls(model) }).map((delta) =>
      frame(model, { role: 'assistant', tool_calls: [delta] }),
    ),
  )
}

/** The last frame: why the answer ended, its proof, usage and costs. */
export function closingFrame(model: string, { finishReason, fields }: Ending): Json {
  return { choices: [{ delta: {}, index: 0, finish_reason: finishReason }], model, ...fields }
}

function frame(model: string, delta: Json): Json {
  return { choices: [{ delta, index: 0, finish_reason: null }], model }
}

/** Calls of OpenAI's and Anthropic's models are gathered first; others are passed on in pieces. */
function sendsWholeCalls(model: string): boolean {
  return /gpt|o4-mini|claude/.test(model)
}

function callDeltas(call: ToolCall, { index, whole }: { index: number; whole: boolean }): Json[] {
  if (whole) return [{ index, ...call }]
  const { name, arguments: text } = call.function
  const middle = Math.ceil(text.length / 2)
  return [
    { index, id: call.id, type: 'function', function: { name, arguments: text.slice(0, middle) } },
    { index, type: 'function', function: { arguments: text.slice(middle) } },
  ]
}

function countUsage({ messages }: ChatBody, { text, toolCalls }: Spoken) {
  const prompt = messages.reduce((sum, message) => sum + countTokens(textOfContent(message.content)), 0)
  const calls = toolCalls.map((call) => countTokens(call.function.arguments))
  const completion = calls.reduce((sum, count) => sum + count, text.length)
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
}

/** All three are strings: the atomic OPG would not fit a number. */
function costBlock(cost: bigint): Json {
  const usd = formatUnits(cost * BigInt(OPG_PRICE_USD.replace('.', '')), 20)
  return { cost_opg: cost.toString(), cost_usd: usd, opg_price_usd: OPG_PRICE_USD }
}
