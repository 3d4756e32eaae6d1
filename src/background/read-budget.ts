import { parseAtomic } from '../domain/amount.ts'
import type { Budget } from '../domain/budget.ts'
import { ChatError } from '../domain/errors.ts'
import type { BudgetInput } from '../protocol/ui-protocol.ts'

/** A budget from a screen. Throws ChatError 'invalid-body' for a cap of nothing. */
export function readBudget(input: BudgetInput): Omit<Budget, 'id'> & { readonly id?: string } {
  const cap = parseAtomic(input.cap)
  if (cap === 0n) throw new ChatError('invalid-body', { field: 'cap' })
  const { id, currency, period, models, expiresAtMs } = input
  return {
    ...(id === undefined ? {} : { id }),
    ...{ currency, cap, period, models, expiresAtMs },
    maxPerRequest: parseAtomic(input.maxPerRequest),
  }
}
