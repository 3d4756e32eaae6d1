import { formatDecimal, parseAtomic } from '../../domain/amount.ts'
import { decimalsOf } from '../../domain/currency.ts'
import { type FrameReader, type JsonRecord, readRecord } from '../frame-reader.ts'
import type { AnswerEvent } from '../gateway.ts'
import { readOpenAiFrame } from '../openai-frames.ts'

const OPG_DECIMALS = decimalsOf('OPG')
const PROOF_FIELDS = [
  'tee_signature',
  'tee_timestamp',
  'tee_request_hash',
  'tee_output_hash',
  'tee_id',
] as const

/** OpenGradient's frames: OpenAI's shape, with the enclave's proof and the reported cost in the last chunk or the whole answer. */
export function createOpengradientReader(): FrameReader {
  return {
    read(frame) {
      const record = readRecord(frame)
      if (!record) return [{ type: 'raw', raw: frame }]
      const answer = readOpenAiFrame(record)
      if (answer?.some(({ type }) => type === 'error')) return answer
      const extra = [...readProof(record), ...readCost(record)]
      return answer || extra.length > 0 ? [...(answer ?? []), ...extra] : [{ type: 'raw', raw: frame }]
    },
    close: () => [],
  }
}

function readProof(frame: JsonRecord): AnswerEvent[] {
  const fields = PROOF_FIELDS.filter((name) => frame[name] !== undefined && frame[name] !== null)
  if (fields.length === 0) return []
  return [{ type: 'wire-proof', fields: Object.fromEntries(fields.map((name) => [name, frame[name]])) }]
}

/**
 * The reported cost in whole OPG. The wire does not say its unit: a number with a point is whole OPG; an integer larger than any cap
 * (5 OPG, by the gateway's code) can only be atomic units.
 */
function readCost(frame: JsonRecord): AnswerEvent[] {
  const cost = readRecord(frame.opengradient)?.cost_opg
  const value = typeof cost === 'number' ? String(cost) : cost
  if (typeof value !== 'string' || !/^(0|[1-9][0-9]{0,40})(\.[0-9]{1,40})?$/.test(value)) return []
  const isAtomic = /^[0-9]{4,}$/.test(value)
  return [
    { type: 'reported-cost', value: isAtomic ? formatDecimal(parseAtomic(value), OPG_DECIMALS) : value },
  ]
}
