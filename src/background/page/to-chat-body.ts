import type { z } from 'zod'
import type { ChatBody } from '../../gateways/gateway.ts'
import type { chatBodySchema } from '../../protocol/page-schemas.ts'

/** A page's body for a gateway: an output limit of null is none. */
export function toChatBody(body: z.output<typeof chatBodySchema>): ChatBody {
  const { max_tokens: old, max_completion_tokens: limit, ...rest } = body
  return {
    ...rest,
    ...(typeof old === 'number' ? { max_tokens: old } : {}),
    ...(typeof limit === 'number' ? { max_completion_tokens: limit } : {}),
  }
}
