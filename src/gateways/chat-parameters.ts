import { ChatError } from '../domain/errors.ts'
import type { ChatBody } from './gateway.ts'

/** What no answer event can carry, so that no gateway is asked for it: silence would be a lie. */
const REFUSED: Readonly<Record<string, (value: unknown) => boolean>> = {
  n: (value) => value !== 1,
  logprobs: (value) => value !== false,
  top_logprobs: (value) => value !== 0,
  audio: () => true,
  modalities: (value) => !(Array.isArray(value) && value.every((modality) => modality === 'text')),
  functions: () => true,
  function_call: () => true,
}

/** Throws ChatError 'unsupported-parameter', naming the first parameter that cannot be honoured. */
export function requireSupported(body: ChatBody): void {
  for (const [parameter, isRefused] of Object.entries(REFUSED)) {
    const value = body[parameter]
    if (value !== undefined && value !== null && isRefused(value)) {
      throw new ChatError('unsupported-parameter', { parameter })
    }
  }
}

/** The body's own output limit in tokens (the smaller where both names are given), or the default; throws ChatError 'invalid-body'. */
export function outputLimit(body: ChatBody, defaultMaxTokens: number): number {
  const limits = [
    readLimit('max_completion_tokens', body.max_completion_tokens),
    readLimit('max_tokens', body.max_tokens),
  ].filter((limit) => limit !== undefined)
  return limits.length === 0 ? defaultMaxTokens : Math.min(...limits)
}

/** A copy of the body without the named parameters, without absent and null ones. */
export function withoutParameters(body: ChatBody, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).filter(
      ([name, value]) => !names.includes(name) && value !== undefined && value !== null,
    ),
  )
}

function readLimit(field: string, value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) {
    throw new ChatError('invalid-body', { field })
  }
  return value
}
