import type { AnswerEvent } from './gateway.ts'

/** What one service's frames mean; may remember what came before. A frame is the JSON of one SSE event, or of a whole answer. */
export interface FrameReader {
  /** Events of one frame; one `raw` event for a frame that says nothing known. */
  read(frame: unknown): readonly AnswerEvent[]
  /** What is still to say when the end marker came, before `end`. */
  close(): readonly AnswerEvent[]
}

export type JsonRecord = Readonly<Record<string, unknown>>

/** A JSON object as a record; undefined for anything else. */
export function readRecord(value: unknown): JsonRecord | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return value as JsonRecord
}

/** Parsed JSON, or undefined where the text is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
