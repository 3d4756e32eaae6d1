import { z } from 'zod'
import { PERIODS, SETTLEMENT_MODES } from '../domain/budget.ts'
import { CURRENCIES } from '../domain/currency.ts'
import { PAYMENT_NETWORKS } from '../domain/network.ts'

/** Decimal string in atomic units. */
export const atomicText = z.string().regex(/^(0|[1-9][0-9]{0,77})$/)

/** The person's settings: small, observed by every screen, kept in `storage.local`. */
export const settingsSchema = z.object({
  version: z.literal(1),
  theme: z.enum(['system', 'light', 'dark']),
  /** `gateway/model`, or null: the first model that can be paid. */
  defaultModel: z.string().max(200).nullable(),
  /** Output limit for a body that names none, in tokens. */
  outputLimitTokens: z.number().int().min(16).max(200_000),
  networkPreference: z.enum(PAYMENT_NETWORKS),
  settlement: z.enum(SETTLEMENT_MODES),
  /** What the approval offers to a new site, per currency, atomic units. */
  newSite: z.record(
    z.enum(CURRENCIES),
    z.object({ cap: atomicText, period: z.enum(PERIODS), maxPerRequest: atomicText }),
  ),
  /** Minutes of an idle computer after which the wallet locks. */
  idleLockMinutes: z.number().int().min(1).max(480),
  notifications: z.object({ budget80: z.boolean(), gatewayFailing: z.boolean(), confirmedLate: z.boolean() }),
  privacy: z.object({
    promptsInHistory: z.boolean(),
    promptRetentionDays: z.number().int().min(1).max(365),
    keepConversations: z.boolean(),
    conversationRetentionDays: z.number().int().min(1).max(3650).nullable(),
    liveQuotes: z.boolean(),
  }),
  rpc: z.record(z.enum([...PAYMENT_NETWORKS, 'og-registry']), z.array(z.string().url()).max(2)).nullable(),
})
export type Settings = z.infer<typeof settingsSchema>
