/** A model's published price in words. What is charged is the quote's, not this. */

import { formatAtomic, parseDecimal } from '../../../domain/amount.ts'
import { type Currency, decimalsOf } from '../../../domain/currency.ts'
import type { ModelView } from '../../../protocol/ui-views.ts'
import { moneyText } from '../../format/money.ts'
import { t } from '../../words.ts'

export function modelPriceWords({ price }: Pick<ModelView, 'price'>): string {
  if (!price) return t('chat.model.noPrice')
  const currency: Currency = price.unit === 'USD' ? 'USDC' : price.unit
  const input = wholeWords(price.input, currency)
  const output = wholeWords(price.output, currency)
  return input === null || output === null
    ? t('chat.model.noPrice')
    : t('chat.model.price', { input, output })
}

/** Null where a catalogue wrote something that is no amount of this currency. */
function wholeWords(value: string, currency: Currency): string | null {
  try {
    return moneyText(formatAtomic(parseDecimal(value, decimalsOf(currency))), currency)
  } catch {
    return null
  }
}
