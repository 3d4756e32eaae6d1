import type { z } from 'zod'
import { ChatError } from '../../domain/errors.ts'

/** Throws ChatError 'invalid-body', naming the field. */
export function requireParams<T>(schema: z.ZodType<T, z.ZodTypeDef, unknown>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success)
    throw new ChatError('invalid-body', { field: parsed.error.issues[0]?.path.join('.') ?? '' })
  return parsed.data
}
