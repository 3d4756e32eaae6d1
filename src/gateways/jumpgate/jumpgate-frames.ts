import { plainText } from '../../domain/plain-text.ts'
import type { FrameReader, JsonRecord } from '../frame-reader.ts'
import { readRecord } from '../frame-reader.ts'
import type { AnswerEvent } from '../gateway.ts'
import { readError, readOpenAiFrame } from '../openai-frames.ts'

type Verdict = 'reported' | 'failed' | 'pending' | 'none'

/**
 * JumpGate's frames, tagged (`{"Content": …}`) or as OpenAI chunks. Its verification is its own word: pending when the answer's hash
 * came, reported or failed when the word came, none when the stream ended without it.
 */
export function createJumpgateReader(): FrameReader {
  let merkleRoot: string | null = null
  let verdict: Verdict = 'pending'

  function proof(): AnswerEvent {
    return { type: 'proof', proof: { kind: 'ambient', verdict, merkleRoot } }
  }

  function readProof(frame: JsonRecord): AnswerEvent[] {
    const root = readRoot(frame.merkle_root)
    const verified = readRecord(frame.verification)?.verified ?? frame.verified
    if (root !== null) merkleRoot = root
    if (typeof verified === 'boolean') verdict = verified ? 'reported' : 'failed'
    return root !== null || typeof verified === 'boolean' ? [proof()] : []
  }

  function readPlain(frame: JsonRecord): AnswerEvent[] | undefined {
    const answer = readOpenAiFrame(frame)
    if (answer?.some(({ type }) => type === 'error')) return answer
    const proofs = readProof(frame)
    return answer || proofs.length > 0 ? [...(answer ?? []), ...proofs] : undefined
  }

  function readTagged(frame: JsonRecord): AnswerEvent[] | undefined {
    const [tag = '', ...others] = Object.keys(frame)
    if (others.length > 0) return undefined
    const inner = readRecord(frame[tag])
    switch (tag) {
      case 'Content':
      case 'Usage':
      case 'Verification':
        return inner && readPlain(inner)
      case 'Lifecycle':
        return typeof inner?.type === 'string'
          ? [{ type: 'progress', stage: plainText(inner.type, 40) }]
          : undefined
      case 'Error': {
        const error = readError(frame[tag])
        return error && [error]
      }
      default:
        return undefined
    }
  }

  return {
    read(frame) {
      if (frame === 'Done') return []
      const record = readRecord(frame)
      const events = record && (readTagged(record) ?? readPlain(record))
      return events ?? [{ type: 'raw', raw: frame }]
    },
    close() {
      if (verdict !== 'pending') return []
      verdict = 'none'
      return [proof()]
    },
  }
}

function readRoot(value: unknown): string | null {
  return typeof value === 'string' && /^[0-9A-Za-z+/=_-]{1,128}$/.test(value) ? value : null
}
