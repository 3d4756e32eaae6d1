import type { ModelInfo } from '../gateway.ts'

/** Shipped list. Source: JumpGate's documentation names these two; context and prices come from the catalogue and the quote. */
export function jumpgateModels(gatewayId: string): readonly ModelInfo[] {
  return ['ambient/large', 'ambient/mini'].map((id) => ({
    id,
    gatewayId,
    ownedBy: 'ambient',
    contextLength: null,
    maxOutputTokens: null,
    pricing: null,
    proof: 'ambient',
  }))
}
