import type { Budget, BudgetRequest, Currency, Decimal, Model, Money, Receipt } from '../x402chat.d.ts'

/** Enough decimals for every currency. */
const DECIMALS = 18

/** Budgets and receipts of a stand-in: kept in memory, never renewed. */
export interface StandInBook {
  budget(currency: Currency): Budget | null
  grant(request: BudgetRequest): Budget
  revoke(currency: Currency | undefined): void
  /** Whether `price` and the model, where one is named, fit the budget. */
  covers(price: Decimal, model?: Model): boolean
  charge(price: Decimal, request: { readonly model: Model; readonly words: number }): Receipt
  /** Newest first, those older than `before`; null where there is no such receipt. */
  receipts(before?: string): readonly Receipt[] | null
}

export function createStandInBook(origin: string): StandInBook {
  const budgets = new Map<Currency, Budget>()
  const receipts: Receipt[] = []
  let lastId = 0

  return {
    budget: (currency) => budgets.get(currency) ?? null,
    grant({ currency = 'USDC', cap, period, maxPerRequest = cap, models = 'all', expiresAt }) {
      const budget: Budget = {
        ...{ id: `budget-${++lastId}`, origin, currency, cap, period, maxPerRequest, models },
        ...{ expiresAt: expiresAt ?? null, mode: 'auto', renewsAt: null },
        ...{ spent: '0', live: '0', remaining: cap },
      }
      budgets.set(currency, budget)
      return budget
    },
    revoke(currency) {
      if (currency) budgets.delete(currency)
      else budgets.clear()
    },
    covers(price, model) {
      const budget = budgets.get('USDC')
      if (!budget) return false
      const { models, remaining, maxPerRequest } = budget
      const isListed = models === 'all' || !model || namesOf(model).some((name) => models.includes(name))
      return isListed && !isMore(price, remaining) && !isMore(price, maxPerRequest)
    },
    charge(price, { model, words }) {
      const budget = budgets.get('USDC')
      if (budget && this.covers(price, model)) {
        const spent = atomic(budget.spent) + atomic(price)
        const remaining = decimal(atomic(budget.cap) - spent)
        budgets.set('USDC', { ...budget, spent: decimal(spent), remaining })
      }
      const receipt: Receipt = {
        ...{
          id: `request-${++lastId}`,
          at: new Date().toISOString(),
          model: model.id,
          gateway: model.gateway,
        },
        ...{ outcome: 'settled', quoted: dollars(price), charged: dollars(price) },
        ...{ transaction: null, settledBy: 'gateway', settlement: null, proof: { kind: 'none' } },
        usage: { prompt_tokens: 1, completion_tokens: words, total_tokens: 1 + words },
      }
      receipts.unshift(receipt)
      return receipt
    },
    receipts(before) {
      if (before === undefined) return receipts
      const index = receipts.findIndex(({ id }) => id === before)
      return index < 0 ? null : receipts.slice(index + 1)
    },
  }
}

/** What calls a model. */
export function namesOf({ id, gateway }: Model): readonly string[] {
  return [id, `${gateway}/${id}`]
}

export function isMore(value: Decimal, limit: Decimal): boolean {
  return atomic(value) > atomic(limit)
}

export function dollars(value: Decimal): Money {
  const units = atomic(value) / 10n ** BigInt(DECIMALS - 6)
  return { currency: 'USDC', value, atomic: String(units), decimals: 6, network: 'eip155:8453' }
}

function atomic(value: Decimal): bigint {
  const [whole = '0', fraction = ''] = value.split('.')
  return BigInt(whole + fraction.slice(0, DECIMALS).padEnd(DECIMALS, '0'))
}

function decimal(value: bigint): Decimal {
  const digits = String(value).padStart(DECIMALS + 1, '0')
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '')
  return fraction === '' ? digits.slice(0, -DECIMALS) : `${digits.slice(0, -DECIMALS)}.${fraction}`
}
