import { plainText } from '../../domain/plain-text.ts'
import type { BudgetView } from '../../protocol/ui-views.ts'
import { moneyText } from '../format/money.ts'
import { formatDate } from '../format/time.ts'
import { t } from '../words.ts'

/** Longest name of a model that is shown whole, in characters. Source: the page protocol's own bound on names. */
const MAX_NAME = 200

/** A budget's terms beside its cap, each with its name: what one request may cost, for which models, until when. */
export function termsWords({
  currency,
  maxPerRequest,
  models,
  expiresAtMs,
}: Pick<BudgetView, 'currency' | 'maxPerRequest' | 'models' | 'expiresAtMs'>) {
  return [
    { name: t('approval.perRequest'), value: moneyText(maxPerRequest, currency, { rounding: 'exact' }) },
    { name: t('budget.models'), value: models === 'all' ? t('budget.modelsAll') : modelsWords(models) },
    {
      name: t('budget.expiry'),
      value: expiresAtMs === null ? t('budget.expiryNever') : formatDate(expiresAtMs),
    },
  ]
}

/** A site chose these names: nothing in them may turn the words around them. */
function modelsWords(models: readonly string[]): string {
  return models.map((model) => plainText(model, MAX_NAME)).join(', ')
}
