/** One conversation of the Prompt API over `chat.completions.create`: every prompt is one paid request. */
import type { X402Chat } from '../x402chat.d.ts'
import { chatRequest } from './chat-request.ts'
import { estimateTokens, fitContext } from './conversation.ts'
import type { PromptOptions } from './language-model-options.ts'
import { type ChatMessage, type PromptInput, readPrompt } from './prompt-input.ts'
import { toDomException } from './to-dom-exception.ts'

export interface SessionFacts {
  readonly provider: X402Chat
  readonly model: string
  readonly temperature: number | null
  readonly contextWindow: number
  readonly topK: number
}

export class LanguageModelSession extends EventTarget {
  oncontextoverflow: ((event: Event) => unknown) | null = null
  onquotaoverflow: ((event: Event) => unknown) | null = null
  readonly #facts: SessionFacts
  readonly #ended = new AbortController()
  #history: readonly ChatMessage[]
  #usage: number
  /** Prompts wait for each other: each sees the answers before it. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(facts: SessionFacts, history: readonly ChatMessage[], signal: AbortSignal | undefined) {
    super()
    this.#facts = facts
    this.#history = history
    this.#usage = estimateTokens(history)
    signal?.addEventListener('abort', () => this.#ended.abort(signal.reason), { once: true })
    this.addEventListener('contextoverflow', (event) => this.oncontextoverflow?.(event))
    this.addEventListener('quotaoverflow', (event) => this.onquotaoverflow?.(event))
  }

  async prompt(input: PromptInput, options: PromptOptions = {}): Promise<string> {
    const parts: string[] = []
    for await (const part of this.#answer(input, options)) parts.push(part)
    return parts.join('')
  }

  promptStreaming(input: PromptInput, options: PromptOptions = {}): ReadableStream<string> {
    const left = new AbortController()
    const signal = options.signal ? AbortSignal.any([options.signal, left.signal]) : left.signal
    const answer = this.#answer(input, { ...options, signal })
    return new ReadableStream<string>({
      async pull(output) {
        const step = await answer.next()
        if (step.done) output.close()
        else output.enqueue(step.value)
      },
      cancel: (reason) => left.abort(reason),
    })
  }

  async append(input: PromptInput, options: { readonly signal?: AbortSignal } = {}): Promise<undefined> {
    const release = await this.#takeTurn(options.signal)
    try {
      this.#history = this.#fit(await readPrompt(input, 'prompt'))
      this.#usage = estimateTokens(this.#history)
    } finally {
      release()
    }
  }

  /** A guess: the gateway counts when it is asked. */
  async measureContextUsage(input: PromptInput): Promise<number> {
    this.#requireAlive()
    return estimateTokens(await readPrompt(input, 'prompt'))
  }
  measureInputUsage(input: PromptInput): Promise<number> {
    return this.measureContextUsage(input)
  }

  async clone(options: { readonly signal?: AbortSignal } = {}): Promise<LanguageModelSession> {
    options.signal?.throwIfAborted()
    this.#requireAlive()
    return Reflect.construct(this.constructor, [this.#facts, this.#history, options.signal])
  }

  destroy(): undefined {
    this.#ended.abort(new DOMException('The session was destroyed.', 'AbortError'))
    return undefined
  }

  /** Tokens in the conversation: as the gateway counted them last, else a guess. */
  get contextUsage(): number {
    return this.#usage
  }
  get inputUsage(): number {
    return this.#usage
  }
  get contextWindow(): number {
    return this.#facts.contextWindow
  }
  get inputQuota(): number {
    return this.#facts.contextWindow
  }
  get topK(): number {
    return this.#facts.topK
  }
  get temperature(): number {
    return this.#facts.temperature ?? 1
  }

  async *#answer(input: PromptInput, options: PromptOptions): AsyncGenerator<string, void, undefined> {
    const release = await this.#takeTurn(options.signal)
    try {
      const messages = this.#fit(await readPrompt(input, 'prompt'))
      const { provider, model, temperature } = this.#facts
      const body = chatRequest(messages, { name: model, temperature }, options)
      const signal = AbortSignal.any([this.#ended.signal, ...(options.signal ? [options.signal] : [])])
      const stream = await provider.chat.completions.create(body, { signal })
      let text = ''
      let usage: number | undefined
      for await (const chunk of stream) {
        usage = chunk.usage?.total_tokens ?? usage
        const part = chunk.choices[0]?.delta.content ?? ''
        if (part === '') continue
        text += part
        yield part
      }
      if (options.responseConstraint) requireJson(text)
      this.#history = [...messages, { role: 'assistant', content: text }]
      this.#usage = usage ?? estimateTokens(this.#history)
    } catch (error) {
      throw toDomException(error)
    } finally {
      release()
    }
  }

  #fit(added: readonly ChatMessage[]): readonly ChatMessage[] {
    const { messages, dropped } = fitContext(this.#history, added, this.#facts.contextWindow)
    if (dropped) for (const type of ['contextoverflow', 'quotaoverflow']) this.dispatchEvent(new Event(type))
    return messages
  }

  #requireAlive(): void {
    if (this.#ended.signal.aborted) throw new DOMException('The session has ended.', 'InvalidStateError')
  }

  /** A prompt that is given up while it waits ends at once; the ones behind it still wait for those before. */
  async #takeTurn(signal: AbortSignal | undefined): Promise<() => void> {
    this.#requireAlive()
    signal?.throwIfAborted()
    const before = this.#turn
    let release = () => {}
    this.#turn = new Promise<void>((resolve) => {
      release = resolve
    })
    try {
      await Promise.race([
        before,
        aborted(AbortSignal.any([this.#ended.signal, ...(signal ? [signal] : [])])),
      ])
      return release
    } catch (error) {
      void before.then(release)
      throw error
    }
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function requireJson(text: string): void {
  try {
    JSON.parse(text)
  } catch {
    throw new DOMException('The model did not keep to the response constraint.', 'OperationError')
  }
}
