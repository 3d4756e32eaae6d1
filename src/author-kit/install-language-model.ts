import { createLanguageModel, type LanguageModelClass } from './language-model/create-language-model.ts'
import type { X402Chat } from './x402chat.d.ts'

export interface InstallOptions {
  /** Else `window.x402Chat`, looked up at each call. */
  readonly provider?: X402Chat
  /** Else `default`: the person's choice. */
  readonly model?: string
  /** Where the class is put; else the global object. */
  readonly target?: object
}

/**
 * Puts the Prompt API's `LanguageModel` over the page API, in place of a browser's own one, and returns it. Call it
 * where the browser's own says 'unavailable', or wherever the visitor should choose who answers.
 */
export function installLanguageModel(options: InstallOptions = {}): LanguageModelClass {
  const { provider, model = 'default', target = globalThis } = options
  const LanguageModel = createLanguageModel({ model, provider: () => provider ?? window.x402Chat })
  Object.defineProperty(target, 'LanguageModel', { value: LanguageModel, configurable: true, writable: true })
  return LanguageModel
}
