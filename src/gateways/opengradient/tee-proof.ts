import { keccak256, stringToBytes } from 'viem'
import type { Proof } from '../../domain/payment.ts'
import type { AnswerTranscript, CheckProof } from '../gateway.ts'
import { canonicalRequest } from './canonical-request.ts'
import { pythonJson } from './python-json.ts'

/** The enclave's key as the registry has it. */
export interface EnclaveKey {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  readonly active: boolean
}

export interface TeeProofDeps {
  readonly subtle: SubtleCrypto
  /** Null: the registry does not know the enclave. May throw where the registry cannot be reached. */
  readonly teeRecord: (teeId: string) => Promise<EnclaveKey | null>
  /** The key that the gateway itself names, DER SubjectPublicKeyInfo: its own word. Null: none. May throw. */
  readonly signingKey: (gatewayId: string) => Promise<Uint8Array | null>
}

type TeeProof = Extract<Proof, { kind: 'tee' }>
type TeeFields = Omit<TeeProof, 'kind' | 'verdict'>

/**
 * Checks an OpenGradient proof: both hashes recomputed from what we sent and got, then the enclave's RSA-PSS signature.
 * verified: all of it, by the registry's key, and the enclave is active. unconfirmed: hashes and signature hold, by a key that
 * hashes to the enclave's id, but the registry does not vouch for the enclave or cannot be read. failed: a hash or the signature
 * is wrong, or the proof is malformed. Kind none: the answer carried no proof, or one that there is no key to check with. Never throws.
 */
export function createTeeProofCheck(deps: TeeProofDeps): CheckProof {
  return async (transcript) => {
    if (transcript.wireProof === null) return { kind: 'none' }
    const fields = readFields(transcript.wireProof)
    const verdict = isWhole(fields) ? await judge(deps, transcript, fields) : 'failed'
    return verdict === 'unchecked' ? { kind: 'none' } : { kind: 'tee', verdict, ...fields }
  }
}

async function judge(
  deps: TeeProofDeps,
  transcript: AnswerTranscript,
  fields: TeeFields,
): Promise<TeeProof['verdict'] | 'unchecked'> {
  const own = hashesOf(transcript)
  if (own === null) return 'unchecked'
  if (fields.requestHash !== own.request || fields.outputHash !== own.output) return 'failed'
  const record = await deps.teeRecord(fields.teeId).catch(() => null)
  if (record === null) {
    const named = await deps.signingKey(transcript.call.gatewayId).catch(() => null)
    if (named === null || keccak256(named) !== fields.teeId) return 'unchecked'
    return (await isSigned(deps.subtle, named, fields)) ? 'unconfirmed' : 'failed'
  }
  if (keccak256(record.publicKey) !== fields.teeId) return 'failed'
  if (!(await isSigned(deps.subtle, record.publicKey, fields))) return 'failed'
  return record.active ? 'verified' : 'unconfirmed'
}

/** Null where question or answer hold what JSON cannot say, so that nobody can have hashed the same. */
function hashesOf(
  transcript: AnswerTranscript,
): { readonly request: string; readonly output: string } | null {
  try {
    return {
      request: hashText(canonicalRequest(transcript.call.body)),
      output: hashText(outputText(transcript)),
    }
  } catch {
    return null
  }
}

/** What the enclave signs of the answer: the text, or the tool calls where the answer is some. */
function outputText(transcript: AnswerTranscript): string {
  return transcript.finishReason === 'tool_calls' ? pythonJson(transcript.toolCalls) : transcript.text
}

/** RSASSA-PSS with SHA-256, MGF1-SHA-256 and a salt of 32 bytes, over keccak256(requestHash ‖ outputHash ‖ uint256 timestamp). */
async function isSigned(subtle: SubtleCrypto, publicKey: Uint8Array, fields: TeeFields): Promise<boolean> {
  const timestamp = fields.timestamp.toString(16).padStart(64, '0')
  const message = keccak256(`0x${fields.requestHash}${fields.outputHash}${timestamp}`, 'bytes')
  try {
    const algorithm = { name: 'RSA-PSS', hash: 'SHA-256' }
    const key = await subtle.importKey('spki', publicKey.slice(), algorithm, false, ['verify'])
    const signature = Uint8Array.from(atob(fields.signature), (character) => character.charCodeAt(0))
    return await subtle.verify({ name: 'RSA-PSS', saltLength: 32 }, key, signature, message.slice())
  } catch {
    return false
  }
}

/** keccak256 of the UTF-8 bytes, 64 hex digits. */
function hashText(text: string): string {
  return keccak256(stringToBytes(text)).slice(2)
}

function readFields(wire: Readonly<Record<string, unknown>>): TeeFields {
  const timestamp = wire.tee_timestamp
  return {
    teeId: hex(wire.tee_id, '0x'),
    requestHash: hex(wire.tee_request_hash, ''),
    outputHash: hex(wire.tee_output_hash, ''),
    timestamp:
      typeof timestamp === 'number' && Number.isSafeInteger(timestamp) && timestamp > 0 ? timestamp : 0,
    signature: base64(wire.tee_signature),
  }
}

function isWhole(fields: TeeFields): boolean {
  return (
    [fields.teeId, fields.requestHash, fields.outputHash, fields.signature].every(Boolean) &&
    fields.timestamp > 0
  )
}

/** 32 bytes in lower-case hex after the prefix (which the wire may lack); empty for anything else. */
function hex(value: unknown, prefix: '0x' | ''): string {
  const match = typeof value === 'string' ? /^(?:0x)?([0-9a-f]{64})$/.exec(value.toLowerCase()) : null
  return match?.[1] === undefined ? '' : `${prefix}${match[1]}`
}

function base64(value: unknown): string {
  return typeof value === 'string' && value.length <= 1024 && /^[A-Za-z0-9+/]+={0,2}$/.test(value)
    ? value
    : ''
}
