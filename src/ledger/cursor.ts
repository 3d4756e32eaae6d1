import { ChatError } from '../domain/errors.ts'
import type { Recency } from './schema.ts'

/** The cursor after a row: where it is in the newest-first order. */
export function formatCursor(row: { readonly createdAtMs: number; readonly id: string }): string {
  return `${row.createdAtMs}:${row.id}`
}

/** Reads a cursor; throws ChatError 'invalid-body', as it comes back from outside. */
export function parseCursor(text: string): Recency {
  const match = /^(-?[0-9]{1,16}):([\s\S]{1,200})$/.exec(text)
  const [, time, id] = match ?? []
  if (time === undefined || id === undefined) throw new ChatError('invalid-body', { parameter: 'before' })
  return [-Number(time), id]
}

/** How many rows one page may have. */
export function clampLimit(limit: number): number {
  return Math.min(Math.max(Math.trunc(limit), 1), 200)
}
