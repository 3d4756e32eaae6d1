import type { PromptMessage } from './prompt-input.ts'

export type SamplingMode = 'most-predictable' | 'predictable' | 'balanced' | 'creative' | 'most-creative'

export interface CoreOptions {
  readonly expectedInputs?: readonly { readonly type: string }[]
  readonly expectedOutputs?: readonly { readonly type: string }[]
  readonly tools?: readonly unknown[]
  readonly samplingMode?: SamplingMode
  readonly temperature?: number
  readonly topK?: number
}

export interface CreateOptions extends CoreOptions {
  readonly signal?: AbortSignal
  // biome-ignore lint/suspicious/noExplicitAny: the browser's CreateMonitor, whatever its declared type
  readonly monitor?: (monitor: any) => void
  readonly initialPrompts?: readonly PromptMessage[]
}

export interface PromptOptions {
  readonly signal?: AbortSignal
  /** A JSON schema. */
  readonly responseConstraint?: object
  readonly omitResponseConstraintInput?: boolean
}

const TEMPERATURES: Readonly<Record<SamplingMode, number>> = {
  'most-predictable': 0,
  predictable: 0.3,
  balanced: 0.7,
  creative: 1,
  'most-creative': 1.3,
}

/** Text in (and images, where the model sees), text out; no tools: a page has those with `chat.completions`. */
export function isSupported({ expectedInputs, expectedOutputs, tools }: CoreOptions): boolean {
  return (
    (expectedInputs ?? []).every(({ type }) => type === 'text' || type === 'image') &&
    (expectedOutputs ?? []).every(({ type }) => type === 'text') &&
    (tools ?? []).length === 0
  )
}

/** Throws TypeError where both ways are given. Null: the model's own. */
export function temperatureOf({ samplingMode, temperature, topK }: CoreOptions): number | null {
  if (samplingMode === undefined) return temperature ?? null
  if (temperature !== undefined || topK !== undefined)
    throw new TypeError('samplingMode excludes temperature and topK.')
  return TEMPERATURES[samplingMode]
}
