import { type Address, getAddress, type Hex, isAddress, isHex } from 'viem'
import { z } from 'zod'

const address = z.custom<Address>((value) => typeof value === 'string' && isAddress(value, { strict: false }))
const hex = z.custom<Hex>((value) => isHex(value))
const decimal = z
  .string()
  .regex(/^[0-9]+$/)
  .transform(BigInt)

const authorizationSchema = z.object({
  from: address.transform((value) => getAddress(value)),
  permitted: z.object({ token: address, amount: decimal }),
  spender: address,
  nonce: decimal,
  deadline: decimal,
  witness: z.object({
    to: address,
    facilitator: address.optional(),
    validAfter: decimal,
    extra: hex.optional(),
  }),
})

const wireSchema = z.object({
  x402Version: z.literal(2),
  accepted: z
    .object({
      scheme: z.string(),
      network: z.string(),
      asset: z.string(),
      amount: z.string(),
      payTo: z.string(),
      maxTimeoutSeconds: z.number(),
      extra: z.record(z.unknown()).default({}),
    })
    .passthrough(),
  payload: z.object({ signature: hex, permit2Authorization: authorizationSchema }),
  extensions: z.record(z.unknown()).optional(),
})

type Wire = z.infer<typeof wireSchema>

/** A payment as a client sent it: the parsed fields, and the JSON that they came from. */
export interface UptoPayment {
  accepted: Wire['accepted']
  signature: Hex
  authorization: Wire['payload']['permit2Authorization']
  raw: Record<string, unknown>
}

export type ParsedPayment =
  | { kind: 'payment'; payment: UptoPayment }
  | { kind: 'unsupported' }
  /** Not even base64 JSON: servers answer as if nothing had been sent. */
  | { kind: 'unreadable' }

/** Reads a payment header: base64 of an x402 v2 payload with a Permit2 authorization. */
export function parseUptoPayment(header: string): ParsedPayment {
  const raw = decode(header)
  if (!raw) return { kind: 'unreadable' }
  const parsed = wireSchema.safeParse(raw)
  if (!parsed.success) return { kind: 'unsupported' }
  const { accepted, payload } = parsed.data
  return {
    kind: 'payment',
    payment: { accepted, signature: payload.signature, authorization: payload.permit2Authorization, raw },
  }
}

function decode(header: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(header, 'base64').toString('utf8'))
    return z.record(z.unknown()).parse(value)
  } catch {
    return null
  }
}
