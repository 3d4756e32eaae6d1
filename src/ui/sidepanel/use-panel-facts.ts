import { PANEL } from '../../domain/principal.ts'
import type { ConversationView, PriceSample } from '../../protocol/chat-views.ts'
import type { BudgetView, ModelView } from '../../protocol/ui-views.ts'
import { latestOf, useResource } from '../app/use-resource.ts'
import { chosenModel, samplesOf } from './composer/chosen-model.ts'

export interface PanelFacts {
  readonly models: readonly ModelView[]
  /** The model that will be asked; null where it is not there now. */
  readonly model: ModelView | null
  readonly modelName: string | null
  readonly samples: readonly PriceSample[]
  /** Most tokens of one answer. */
  readonly outputLimit: number
  readonly defaultLimit: number
  readonly budget: BudgetView | null
  readonly liveQuotes: boolean
}

/** Used until the settings are read: what ships. */
const OUTPUT_LIMIT = 1_024
const NO_MODELS: readonly ModelView[] = []
const NO_SAMPLES: readonly PriceSample[] = []

/** Models, prices, budget and settings, as a conversation needs them. */
export function usePanelFacts({ options }: Pick<ConversationView, 'options'>): PanelFacts {
  const [modelList] = useResource('models.list', {}, { topics: ['gateways', 'settings'] })
  const [settings] = useResource('settings.get', {}, { topics: ['settings'] })
  const [sampleList] = useResource('chat.samples', {}, { topics: ['ledger'] })
  const [site] = useResource('sites.get', { principal: PANEL }, { topics: ['ledger', 'guards'] })
  const models = latestOf(modelList) ?? NO_MODELS
  const known = latestOf(settings)
  const own = options.model
  const preferred = known?.defaultModel ?? null
  const model = chosenModel(models, { own, preferred })
  const defaultLimit = known?.outputLimitTokens ?? OUTPUT_LIMIT
  const samples = samplesOf(model, latestOf(sampleList) ?? NO_SAMPLES)
  const currency = samples.at(-1)?.currency ?? model?.currency ?? 'USDC'
  return {
    models,
    model,
    modelName: own ?? preferred,
    samples,
    outputLimit: options.maxTokens ?? defaultLimit,
    defaultLimit,
    budget: latestOf(site)?.budgets.find((budget) => budget.currency === currency) ?? null,
    liveQuotes: known?.privacy.liveQuotes ?? false,
  }
}
