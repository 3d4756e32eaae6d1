import { formatAtomic } from '../domain/amount.ts'
import { CURRENCIES } from '../domain/currency.ts'
import { defaultBudget } from '../domain/default-limits.ts'
import { BASE } from '../domain/network.ts'
import { parseOrigin } from '../domain/principal.ts'
import type { Settings } from '../protocol/settings.ts'

/** Any origin: the proposal is the same for all sites. */
const A_SITE = parseOrigin('https://example.org') ?? 'panel'

/** Output limit for a body that names none, in tokens. Source: docs/PAYMENTS.md. */
const OUTPUT_LIMIT_TOKENS = 1_024

/** Settings before the person changed any. */
export const DEFAULT_SETTINGS: Settings = {
  version: 1,
  theme: 'system',
  defaultModel: null,
  outputLimitTokens: OUTPUT_LIMIT_TOKENS,
  networkPreference: BASE,
  settlement: 'batch',
  newSite: Object.fromEntries(
    CURRENCIES.map((currency) => {
      const { cap, period, maxPerRequest } = defaultBudget(A_SITE, currency)
      return [currency, { cap: formatAtomic(cap), period, maxPerRequest: formatAtomic(maxPerRequest) }]
    }),
  ),
  idleLockMinutes: 15,
  notifications: { budget80: true, gatewayFailing: true, confirmedLate: true },
  privacy: {
    promptsInHistory: false,
    promptRetentionDays: 30,
    keepConversations: true,
    conversationRetentionDays: null,
    liveQuotes: false,
  },
  rpc: null,
}
