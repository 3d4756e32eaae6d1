import { plainText } from '../domain/plain-text.ts'
import { readJson, readRecord } from './frame-reader.ts'
import { readError } from './openai-frames.ts'

/** A non-2xx answer in at most 200 plain characters: the server's own sentence from JSON or plain text, the status alone for anything else (HTML says nothing). */
export function describeError(status: number, contentType: string, bodyText: string): string {
  const fallback = `HTTP ${status}`
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  const text = bodyText.trim()
  if (type.includes('html') || type.includes('xml') || text === '' || text.startsWith('<')) return fallback
  const body = readJson(text)
  if (body === undefined)
    return type === '' || type === 'text/plain' ? plainText(text, 200) || fallback : fallback
  return sentenceOf(body) ?? fallback
}

function sentenceOf(body: unknown): string | undefined {
  if (typeof body === 'string') return plainText(body, 200) || undefined
  const record = readRecord(body)
  if (!record) return undefined
  const error = readError(record.error ?? record.Error)
  if (error?.type === 'error') return error.message ?? undefined
  const message = record.message ?? record.detail
  return typeof message === 'string' ? plainText(message, 200) || undefined : undefined
}
