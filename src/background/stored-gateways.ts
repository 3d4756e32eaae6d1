import { z } from 'zod'

/** What the person added or changed: own gateways whole, built-in ones by id and switch. */
export const storedGatewaysSchema = z.object({
  own: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['jumpgate', 'opengradient', 'openai-compatible']),
      name: z.string(),
      baseUrl: z.string(),
      extraHeaders: z.record(z.string(), z.string()),
      models: z.array(z.string()),
      enabled: z.boolean(),
    }),
  ),
  disabledBuiltIns: z.array(z.string()),
  /** Base URLs of built-in gateways that the person pointed elsewhere. */
  baseUrls: z.record(z.string(), z.string()),
  /** Model lists as last fetched, by gateway. */
  catalogues: z.record(z.string(), z.object({ atMs: z.number(), models: z.array(z.unknown()) })),
})
export type StoredGateways = z.infer<typeof storedGatewaysSchema>
export const NO_GATEWAYS: StoredGateways = { own: [], disabledBuiltIns: [], baseUrls: {}, catalogues: {} }
