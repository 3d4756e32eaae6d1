/** Which model a conversation asks, and what earlier quotes of it say. */
import type { PriceSample } from '../../../protocol/chat-views.ts'
import type { ModelView } from '../../../protocol/ui-views.ts'

/** By its own name or by `gateway/model`; without a choice the person's default, else the first that can be paid. */
export function chosenModel(
  models: readonly ModelView[],
  { own, preferred }: { readonly own: string | null; readonly preferred: string | null },
): ModelView | null {
  const wanted = own ?? preferred
  const usable = models.filter(({ enabled }) => enabled)
  if (wanted === null) return usable[0] ?? null
  return usable.find((model) => model.name === wanted || modelKey(model) === wanted) ?? null
}

export function samplesOf(model: ModelView | null, samples: readonly PriceSample[]): readonly PriceSample[] {
  return model ? samples.filter((sample) => sample.model === modelKey(model)) : []
}

function modelKey({ gatewayId, id }: ModelView): string {
  return `${gatewayId}/${id}`
}
