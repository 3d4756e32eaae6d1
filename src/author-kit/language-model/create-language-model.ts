import type { X402Chat } from '../x402chat.d.ts'
import { fitContext } from './conversation.ts'
import { type CoreOptions, type CreateOptions, isSupported, temperatureOf } from './language-model-options.ts'
import { LanguageModelSession } from './language-model-session.ts'
import { readPrompt } from './prompt-input.ts'
import { toDomException } from './to-dom-exception.ts'

export interface LanguageModelSettings {
  /** Looked up at each call: the extension may come later than the page. */
  readonly provider: () => X402Chat | undefined
  /** As in `chat.completions.create`. */
  readonly model: string
}

/** What stands where `LanguageModel` is expected; sessions come from `create`, never from `new`. */
export interface LanguageModelClass {
  readonly prototype: LanguageModelSession
  new (...parameters: never[]): LanguageModelSession
  availability(options?: CoreOptions): Promise<'unavailable' | 'available'>
  create(options?: CreateOptions): Promise<LanguageModelSession>
  params(): Promise<{
    defaultTopK: number
    maxTopK: number
    defaultTemperature: number
    maxTemperature: number
  }>
}

export function createLanguageModel(settings: LanguageModelSettings): LanguageModelClass {
  class X402LanguageModel extends LanguageModelSession {
    static async availability(options: CoreOptions = {}): Promise<'unavailable' | 'available'> {
      const provider = settings.provider()
      if (!provider || !isSupported(options)) return 'unavailable'
      // A model that may be asked for is there: the person is asked when it is.
      const told = await provider.availability({ model: settings.model }).catch(failAsDom)
      return told === 'unavailable' ? told : 'available'
    }

    static async create(options: CreateOptions = {}): Promise<X402LanguageModel> {
      options.signal?.throwIfAborted()
      const provider = settings.provider()
      const temperature = temperatureOf(options)
      if (!provider || (await X402LanguageModel.availability(options)) === 'unavailable')
        throw new DOMException('This kind of session is not available.', 'NotSupportedError')
      const history = await readPrompt(options.initialPrompts ?? [], 'initial')
      const contextWindow = await readContextWindow(provider, settings.model)
      options.signal?.throwIfAborted()
      reportProgress(options.monitor)
      const facts = { provider, model: settings.model, temperature, contextWindow, topK: options.topK ?? 1 }
      return new X402LanguageModel(facts, fitContext([], history, contextWindow).messages, options.signal)
    }

    static async params() {
      return { defaultTopK: 1, maxTopK: 1, defaultTemperature: 1, maxTemperature: 2 }
    }
  }
  return X402LanguageModel
}

/** Unknown where the model's maker does not say, or where the person's choice decides. */
async function readContextWindow(provider: X402Chat, name: string): Promise<number> {
  const models = await provider.models.list().catch(failAsDom)
  return models.find(({ id }) => id === name)?.context_length ?? Number.POSITIVE_INFINITY
}

function failAsDom(error: unknown): never {
  throw toDomException(error)
}

/** There is nothing to download: begun is done. */
function reportProgress(monitor: CreateOptions['monitor']): void {
  if (!monitor) return
  const target = new EventTarget()
  monitor(target)
  for (const loaded of [0, 1])
    target.dispatchEvent(
      Object.assign(new Event('downloadprogress'), { loaded, total: 1, lengthComputable: true }),
    )
}
