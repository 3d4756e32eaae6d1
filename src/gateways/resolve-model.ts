import type { ModelInfo } from './gateway.ts'

/** The name itself, where a model has it. */
export function resolveExactly(name: string, models: readonly ModelInfo[]): string | null {
  return models.some(({ id }) => id === name) ? name : null
}
