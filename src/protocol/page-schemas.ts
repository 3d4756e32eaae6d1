/** What the background lets in from a page: one schema for each method, after the bridge's envelope. */
import { z } from 'zod'
import { PERIODS, SETTLEMENT_MODES } from '../domain/budget.ts'
import { CURRENCIES } from '../domain/currency.ts'
import { FETCH_HEADERS, MAX_PARAMS_CHARACTERS, type PageMethod } from './page-messages.ts'

/** UTF-8 bytes of one call without its images, and of its images. Source: docs/PAGE_API.md. */
export const MAX_BODY_BYTES = 256 * 1024
export const MAX_IMAGE_BYTES = 8 * 1024 * 1024

const callId = z.number().int().nonnegative()

export const bridgeMessageSchema = z.union([
  z.object({
    id: callId,
    method: z.string().max(40),
    params: z.string().max(MAX_PARAMS_CHARACTERS),
    key: z.string().min(1).max(100),
    activations: z.array(z.tuple([z.number().int().positive(), z.number().nonnegative()])).max(16),
    resumeAt: z.number().int().nonnegative().nullable(),
  }),
  z.object({ id: callId, credit: z.number().int().positive() }),
  z.object({ id: callId, abort: z.literal(true) }),
])

const decimal = z.string().max(80)
const currency = z.enum(CURRENCIES)
const name = z.string().min(1).max(200)

/** OpenAI's chat body: what we look at is typed, the rest passes through. */
export const chatBodySchema = z
  .object({
    model: name,
    messages: z
      .array(z.object({ role: z.string().min(1).max(40), content: z.unknown() }).passthrough())
      .min(1)
      .max(4096),
    stream: z
      .boolean()
      .nullish()
      .transform((value) => value ?? false),
    max_tokens: z.number().int().positive().nullish(),
    max_completion_tokens: z.number().int().positive().nullish(),
    max_tool_calls: z.number().int().nonnegative().safe().nullish(),
    temperature: z.number().finite().nullish(),
    top_p: z.number().nullish(),
    stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
    tools: z.array(z.object({}).passthrough()).max(512).nullish(),
    response_format: z.object({}).passthrough().nullish(),
  })
  .passthrough()

const callOptionsSchema = z.object({
  quoteId: name.nullish(),
  maxCost: z.object({ value: decimal, currency: currency.default('USDC') }).nullish(),
  idempotencyKey: name.nullish(),
  gatewayOptions: z
    .object({ opengradient: z.object({ settlement: z.enum(SETTLEMENT_MODES).optional() }).optional() })
    .nullish(),
})

const currencyOption = z.object({ currency: currency.default('USDC') })

export const pageParams = {
  availability: z.object({ model: name.optional() }),
  requestBudget: z.object({
    currency: currency.default('USDC'),
    cap: decimal,
    period: z.enum(PERIODS),
    maxPerRequest: decimal.nullish(),
    models: z.union([z.literal('all'), z.array(name).min(1).max(100)]).default('all'),
    expiresAt: z.string().datetime({ offset: true }).nullish(),
    justification: z.string().max(10_000).nullish(),
  }),
  getBudget: currencyOption,
  revokeBudget: z.object({ currency: currency.optional() }),
  quote: z.object({ body: chatBodySchema }),
  'models.list': z.object({}),
  'receipts.list': z.object({
    limit: z.number().int().min(1).max(200).default(50),
    before: name.optional(),
  }),
  'chat.create': z.object({ body: chatBodySchema, options: callOptionsSchema }),
  fetch: z.object({
    url: z.string().max(2_000),
    method: z.string().max(20),
    headers: z.record(z.enum(FETCH_HEADERS), z.string().max(500).nullable()),
    body: z.string().max(MAX_PARAMS_CHARACTERS),
  }),
} as const satisfies Record<PageMethod, z.ZodTypeAny>

export type PageParams<M extends PageMethod> = z.output<(typeof pageParams)[M]>
export type CallOptionsInput = z.output<typeof callOptionsSchema>
