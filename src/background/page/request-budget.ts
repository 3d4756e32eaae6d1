import { type AtomicAmount, parseDecimal } from '../../domain/amount.ts'
import { type Currency, decimalsOf } from '../../domain/currency.ts'
import { ChatError } from '../../domain/errors.ts'
import { plainText } from '../../domain/plain-text.ts'
import { readBudgetView } from './budget-view.ts'
import type { PageHandler } from './page-handler.ts'

/** Characters of the site's own words that the person is shown. */
const MAX_WORDS = 120

/** `requestBudget`: asks the person; what comes back may be less than what was asked for. */
export const requestBudget: PageHandler<'requestBudget'> = async (deps, context, params) => {
  const { caller, origin, signal } = context
  const { currency, period, models } = params
  const expiresAtMs = params.expiresAt ? Date.parse(params.expiresAt) : null
  if (expiresAtMs !== null && expiresAtMs <= deps.clock.nowMs())
    throw new ChatError('invalid-body', { field: 'expiresAt' })
  const words = params.justification ? plainText(params.justification, MAX_WORDS) : ''
  await deps.inference.requestBudget(
    caller,
    {
      ...{ currency, period, models, expiresAtMs },
      cap: amountOf(params.cap, currency, 'cap'),
      maxPerRequest: params.maxPerRequest ? amountOf(params.maxPerRequest, currency, 'maxPerRequest') : null,
      siteWords: words === '' ? null : words,
    },
    signal,
  )
  return readBudgetView(deps, origin, currency)
}

/** Throws ChatError 'invalid-body' for what is no decimal, has too many digits, or is nothing. */
function amountOf(text: string, currency: Currency, field: string): AtomicAmount {
  try {
    const amount = parseDecimal(text, decimalsOf(currency))
    if (amount > 0n) return amount
  } catch (cause) {
    throw new ChatError('invalid-body', { field }, { cause })
  }
  throw new ChatError('invalid-body', { field })
}
