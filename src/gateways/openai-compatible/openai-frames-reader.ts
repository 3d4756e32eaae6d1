import { type FrameReader, readRecord } from '../frame-reader.ts'
import { readOpenAiFrame } from '../openai-frames.ts'

/** Plain OpenAI chunks and completions; no proof. */
export function createOpenAiReader(): FrameReader {
  return {
    read(frame) {
      const record = readRecord(frame)
      return (record && readOpenAiFrame(record)) ?? [{ type: 'raw', raw: frame }]
    },
    close: () => [],
  }
}
