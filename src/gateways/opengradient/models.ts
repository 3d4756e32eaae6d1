import type { ModelInfo } from '../gateway.ts'

/** The documented deployment's ids, with the provider's prefix. Source: OpenGradient's documentation; it publishes no prices for them. */
const DOCUMENTED = [
  'openai/gpt-4.1-2025-04-14',
  'openai/gpt-4o',
  'openai/o4-mini',
  'anthropic/claude-4.0-sonnet',
  'anthropic/claude-3.7-sonnet',
  'anthropic/claude-3.5-haiku',
  'google/gemini-2.5-flash',
  'google/gemini-2.5-pro',
  'google/gemini-2.5-flash-lite',
  'google/gemini-2.0-flash',
  'x-ai/grok-3-beta',
  'x-ai/grok-3-mini-beta',
  'x-ai/grok-4.1-fast',
  'x-ai/grok-4-1-fast-non-reasoning',
  'x-ai/grok-2-1212',
  'x-ai/grok-2-vision-latest',
] as const

/** The newer deployment's ids, with US dollars per million tokens in and out. Source: the model registry in the gateway's code since 2026-04. */
const NEWER = [
  ['openai', 'gpt-5-mini', '0.25', '2'],
  ['openai', 'gpt-5', '1.25', '10'],
  ['openai', 'gpt-4.1', '2', '8'],
  ['anthropic', 'claude-haiku-4-5', '1', '5'],
  ['anthropic', 'claude-sonnet-4-6', '3', '15'],
  ['google', 'gemini-2.5-flash', '0.3', '2.5'],
  ['google', 'gemini-2.5-pro', '1.25', '10'],
  ['x-ai', 'grok-4-fast', '0.2', '0.5'],
  ['deepseek', 'deepseek-v4-flash', '0.14', '0.28'],
] as const

/** The documented deployment's list. */
export function documentedModels(gatewayId: string): readonly ModelInfo[] {
  return DOCUMENTED.map((id) => model(gatewayId, { id, ownedBy: id.split('/')[0] ?? '', pricing: null }))
}

/** The newer deployment's list. */
export function newerModels(gatewayId: string): readonly ModelInfo[] {
  return NEWER.map(([ownedBy, id, input, output]) =>
    model(gatewayId, { id, ownedBy, pricing: { currency: 'USD', input, output } }),
  )
}

function model(gatewayId: string, facts: Pick<ModelInfo, 'id' | 'ownedBy' | 'pricing'>): ModelInfo {
  return { ...facts, gatewayId, contextLength: null, maxOutputTokens: null, proof: 'tee' }
}
