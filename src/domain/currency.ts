/** Budgets are kept per currency. tUSDC and tOPG are test money, never mixed with the real ones. */
export const CURRENCIES = ['USDC', 'OPG', 'tUSDC', 'tOPG'] as const
export type Currency = (typeof CURRENCIES)[number]

/** Decimal places of one whole unit: 6 for USDC (Circle), 18 for OPG (OpenGradient). */
export function decimalsOf(currency: Currency): number {
  switch (currency) {
    case 'USDC':
    case 'tUSDC':
      return 6
    case 'OPG':
    case 'tOPG':
      return 18
  }
}

export function isTestMoney(currency: Currency): boolean {
  return currency === 'tUSDC' || currency === 'tOPG'
}

export function isCurrency(value: unknown): value is Currency {
  return CURRENCIES.some((currency) => currency === value)
}
