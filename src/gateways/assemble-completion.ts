import type { Usage } from '../domain/payment.ts'
import { collectToolCalls, type ToolCall } from './collect-tool-calls.ts'
import type { AnswerEvent } from './gateway.ts'

/** What every chunk of one answer says about itself. */
export interface CompletionIdentity {
  /** `chatcmpl-…` */
  readonly id: string
  /** Unix seconds. */
  readonly created: number
  readonly model: string
}

interface WireUsage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
}

/** OpenAI's `chat.completion.chunk`, with reasoning under the name that its compatible services use. */
export interface CompletionChunk extends CompletionIdentity {
  readonly object: 'chat.completion.chunk'
  readonly choices: readonly {
    readonly index: 0
    readonly delta: Readonly<Record<string, unknown>>
    readonly finish_reason: string | null
    readonly logprobs: null
  }[]
  readonly usage?: WireUsage
  readonly x402?: { readonly raw: unknown }
}

/** OpenAI's `chat.completion`. */
export interface Completion extends CompletionIdentity {
  readonly object: 'chat.completion'
  readonly choices: readonly [
    {
      readonly index: 0
      readonly message: {
        readonly role: 'assistant'
        readonly content: string | null
        readonly refusal: null
        readonly reasoning_content?: string
        readonly tool_calls?: readonly ToolCall[]
      }
      readonly finish_reason: string
      readonly logprobs: null
    },
  ]
  readonly usage?: WireUsage
}

/** Turns answer events into chunks, one by one; the first carries the role. Null: the event has nothing for the page. */
export function createChunkWriter(
  identity: CompletionIdentity,
): (event: AnswerEvent) => CompletionChunk | null {
  const toolCalls = collectToolCalls()
  let role: { role: 'assistant' } | undefined = { role: 'assistant' }
  function chunk(
    delta: Readonly<Record<string, unknown>>,
    finishReason: string | null = null,
  ): CompletionChunk {
    const first = role
    role = undefined
    return {
      ...identity,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta: { ...first, ...delta }, finish_reason: finishReason, logprobs: null }],
    }
  }
  function bare(extra: Pick<CompletionChunk, 'usage' | 'x402'>): CompletionChunk {
    return { ...identity, object: 'chat.completion.chunk', choices: [], ...extra }
  }
  return (event) => {
    switch (event.type) {
      case 'text':
        return chunk({ content: event.text })
      case 'reasoning':
        return chunk({ reasoning_content: event.text })
      case 'tool-calls':
        return chunk({ tool_calls: toolCalls.add(event.deltas) })
      case 'finish':
        return chunk({}, event.reason)
      case 'usage':
        return bare({ usage: toWireUsage(event.usage) })
      case 'raw':
        return bare({ x402: { raw: event.raw } })
      case 'progress':
        return bare({ x402: { raw: { progress: event.stage } } })
      case 'proof':
      case 'wire-proof':
      case 'reported-cost':
      case 'settlement':
      case 'error':
      case 'end':
        return null
    }
  }
}

/** The same as JSON. A text, which is nearly every event, goes into a chunk that was written once for the whole answer. */
export function createChunkJson(identity: CompletionIdentity): (event: AnswerEvent) => string | null {
  const toChunk = createChunkWriter(identity)
  let around: readonly [string, string] | undefined
  return (event) => {
    if (event.type === 'text' && around !== undefined)
      return `${around[0]}${JSON.stringify(event.text)}${around[1]}`
    const chunk = toChunk(event)
    if (chunk === null) return null
    // The first chunk with a choice carries the role; those after it differ by their text alone.
    if (chunk.choices.length > 0) around ??= cutAtText(JSON.stringify(toChunk({ type: 'text', text: '' })))
    return JSON.stringify(chunk)
  }
}

const EMPTY_TEXT = '"content":""'

/** Within a JSON string every quote is escaped, so that the marker stands for the member alone. */
function cutAtText(json: string): readonly [string, string] {
  const at = json.lastIndexOf(EMPTY_TEXT)
  return [json.slice(0, at + EMPTY_TEXT.length - 2), json.slice(at + EMPTY_TEXT.length)]
}

/** Everything that one answer said. */
export interface CollectedAnswer {
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly ToolCall[]
  /** The list of a whole answer as it came, for its proof; null where it was streamed. */
  readonly receivedToolCalls: readonly unknown[] | null
  readonly finishReason: string | null
  readonly usage: Usage | null
  /** Proof fields as they came; for AnswerTranscript. */
  readonly wireProof: Readonly<Record<string, unknown>> | null
}

/** Puts an answer together from its events. */
export function createAnswerCollector(): { add(event: AnswerEvent): void; collected(): CollectedAnswer } {
  const text: string[] = []
  const reasoning: string[] = []
  const toolCalls = collectToolCalls()
  let finishReason: string | null = null
  let receivedToolCalls: CollectedAnswer['receivedToolCalls'] = null
  let usage: Usage | null = null
  let wireProof: CollectedAnswer['wireProof'] = null
  return {
    add(event) {
      if (event.type === 'text') text.push(event.text)
      else if (event.type === 'reasoning') reasoning.push(event.text)
      else if (event.type === 'tool-calls') {
        toolCalls.add(event.deltas)
        if (event.whole) receivedToolCalls = event.deltas
      } else if (event.type === 'finish') finishReason = event.reason
      else if (event.type === 'usage') usage = event.usage
      else if (event.type === 'wire-proof') wireProof = event.fields
    },
    collected: () => ({
      text: text.join(''),
      reasoning: reasoning.join(''),
      toolCalls: toolCalls.calls(),
      receivedToolCalls,
      finishReason,
      usage,
      wireProof,
    }),
  }
}

/** The whole completion; an answer without a finish reason counts as stopped, or as tool calls where there are any. */
export function toCompletion(answer: CollectedAnswer, identity: CompletionIdentity): Completion {
  const calls = answer.toolCalls
  return {
    ...identity,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: answer.text === '' && calls.length > 0 ? null : answer.text,
          refusal: null,
          ...(answer.reasoning === '' ? {} : { reasoning_content: answer.reasoning }),
          ...(calls.length === 0 ? {} : { tool_calls: calls }),
        },
        finish_reason: answer.finishReason ?? (calls.length > 0 ? 'tool_calls' : 'stop'),
        logprobs: null,
      },
    ],
    ...(answer.usage === null ? {} : { usage: toWireUsage(answer.usage) }),
  }
}

function toWireUsage(usage: Usage): WireUsage {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.totalTokens,
  }
}
