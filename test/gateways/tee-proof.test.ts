import { generateKeyPairSync } from 'node:crypto'
import { keccak256 } from 'viem'
import { describe, expect, it } from 'vitest'
import type { AnswerTranscript } from '../../src/gateways/gateway.ts'
import { canonicalRequest } from '../../src/gateways/opengradient/canonical-request.ts'
import { createTeeProofCheck, type EnclaveKey } from '../../src/gateways/opengradient/tee-proof.ts'
import file from '../vectors/tee_vectors.json' with { type: 'json' }

const publicKey = new Uint8Array(Buffer.from(file.spki_der_b64, 'base64'))

/** The requests whose canonical form the vectors hold, as they go over the wire. */
const BODIES: Record<string, Record<string, unknown>> = {
  plain: {
    model: 'gpt-5-mini',
    messages: [
      { role: 'developer', content: 'Be brief.' },
      { role: 'user', content: 'Héllo 😀 \u007f "q" \\ / \n' },
    ],
    max_tokens: 100,
    stream: true,
    top_p: 1,
    n: 1,
    tool_choice: 'auto',
  },
  temp1: {
    model: 'claude-haiku-4-5',
    messages: [{ role: 'user', content: 'x' }],
    temperature: 1,
    stream: false,
  },
  tools: {
    stream: true,
    tools: [
      {
        type: 'function',
        function: {
          name: 'get_weather',
          parameters: { type: 'object', properties: { city: { type: 'string' } } },
        },
      },
    ],
    temperature: 0.7,
    messages: [{ content: 'w?', role: 'user' }],
    model: 'gpt-4.1',
  },
}

function transcriptOf(name: string): AnswerTranscript {
  const vector = file.vectors.find((candidate) => candidate.name === name)
  const body = BODIES[name]
  if (!vector || !body) throw new Error(name)
  const isTools = name === 'tools'
  return {
    call: {
      gatewayId: 'opengradient',
      model: String(body.model),
      body,
      maxOutputTokens: 100,
      stream: true,
      settlement: 'batch',
      maxToolCalls: 0,
    },
    text: isTools ? '' : vector.output_string,
    toolCalls: isTools ? JSON.parse(vector.output_string) : [],
    finishReason: isTools ? 'tool_calls' : 'stop',
    wireProof: {
      tee_signature: vector.tee_signature,
      tee_timestamp: vector.timestamp,
      tee_request_hash: vector.request_hash,
      tee_output_hash: vector.output_hash,
      tee_id: file.tee_id,
    },
  }
}

function checkWith(record: EnclaveKey | null | Error, named: Uint8Array | null | Error = null) {
  return createTeeProofCheck({
    subtle: globalThis.crypto.subtle,
    signingKey: async (gatewayId) => {
      if (gatewayId !== 'opengradient') throw new Error(gatewayId)
      if (named instanceof Error) throw named
      return named
    },
    teeRecord: async (teeId) => {
      if (teeId !== file.tee_id && !(record instanceof Error)) return null
      if (record instanceof Error) throw record
      return record
    },
  })
}

const check = checkWith({ publicKey, active: true })
const verdict = async (transcript: AnswerTranscript, using = check) => {
  const proof = await using(transcript)
  return proof.kind === 'tee' ? proof.verdict : proof.kind
}
const withProof = (changes: Record<string, unknown>): AnswerTranscript => {
  const transcript = transcriptOf('plain')
  return { ...transcript, wireProof: { ...transcript.wireProof, ...changes } }
}

describe('canonicalRequest', () => {
  it.each(file.vectors)('gives the enclave’s own text for $name', ({ name, canonical_json }) => {
    expect(canonicalRequest(BODIES[name] ?? {})).toBe(canonical_json)
  })

  it('names pictures and files without their bytes', () => {
    const content = [
      { type: 'text', text: 'see' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
      { type: 'file', file: { filename: 'a.pdf', file_data: 'AAAA' } },
    ]
    expect(canonicalRequest({ model: 'm', messages: [{ role: 'user', content }] })).toBe(
      '{"messages": [{"content": [{"text": "see", "type": "text"}, {"type": "image_url"}, ' +
        '{"filename": "a.pdf", "type": "file"}], "role": "user"}], "model": "m", "temperature": 0.0}',
    )
  })

  it('gives an assistant without content an empty one, and keeps tool answers', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' }, index: 0 }
    const messages = [
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: '7' },
    ]
    expect(canonicalRequest({ model: 'm', messages })).toBe(
      '{"messages": [{"content": "", "role": "assistant", "tool_calls": [{"function": {"arguments": "{}", "name": "f"}, ' +
        '"id": "c1", "type": "function"}]}, {"content": "7", "role": "tool", "tool_call_id": "c1"}], ' +
        '"model": "m", "temperature": 0.0}',
    )
  })

  it('holds stop, response_format and web_search, unless they are empty', () => {
    const base = { model: 'm', messages: [], temperature: 1e-5 }
    expect(
      canonicalRequest({ ...base, stop: ['\n'], response_format: { type: 'json_object' }, web_search: true }),
    ).toBe(
      '{"messages": [], "model": "m", "response_format": {"type": "json_object"}, "stop": ["\\n"], ' +
        '"temperature": 1e-05, "web_search": true}',
    )
    expect(canonicalRequest({ ...base, stop: [], response_format: {}, web_search: false, tools: [] })).toBe(
      '{"messages": [], "model": "m", "temperature": 1e-05}',
    )
  })
})

describe('the TEE proof', () => {
  it.each(file.vectors)('is verified for the vector $name', async ({ name }) => {
    const transcript = transcriptOf(name)
    expect(await check(transcript)).toEqual({
      kind: 'tee',
      verdict: 'verified',
      teeId: file.tee_id,
      requestHash: transcript.wireProof?.tee_request_hash,
      outputHash: transcript.wireProof?.tee_output_hash,
      timestamp: 1790000000,
      signature: transcript.wireProof?.tee_signature,
    })
  })

  it('is unconfirmed where the enclave is disabled, unknown, or the registry cannot be read, and the signature holds', async () => {
    const transcript = transcriptOf('plain')
    expect(await verdict(transcript, checkWith({ publicKey, active: false }))).toBe('unconfirmed')
    expect(await verdict(transcript, checkWith(null, publicKey))).toBe('unconfirmed')
    expect(await verdict(transcript, checkWith(new Error('rpc'), publicKey))).toBe('unconfirmed')
  })

  // Once: whatever stood in place of a signature read as signed, where the registry did not know the enclave.
  it('fails where the signature does not fit the key of an enclave that nobody knows', async () => {
    const junk = withProof({ tee_signature: Buffer.alloc(256, 7).toString('base64') })
    expect(await verdict(junk, checkWith(null, publicKey))).toBe('failed')
    expect(await verdict(junk, checkWith(new Error('rpc'), publicKey))).toBe('failed')
  })

  it('is none where there is no key to check it with: none named, another enclave’s, or no answer', async () => {
    const { publicKey: other } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const der = new Uint8Array(other.export({ type: 'spki', format: 'der' }))
    for (const named of [null, der, new Error('offline')]) {
      expect(await checkWith(null, named)(transcriptOf('plain'))).toEqual({ kind: 'none' })
    }
  })

  it('fails by its hashes without any key', async () => {
    expect(await verdict({ ...transcriptOf('plain'), text: 'Bonjour' }, checkWith(null))).toBe('failed')
  })

  // Once: -0 read "-0.0", where 0 had been sent, and an infinite number broke off a whole answer.
  it('is taken over the body as it went over the wire', async () => {
    const sent = canonicalRequest({ model: 'm', messages: [], temperature: 0 })
    expect(canonicalRequest({ model: 'm', messages: [], temperature: -0 })).toBe(sent)
    expect(canonicalRequest({ model: 'm', messages: [], temperature: Number.POSITIVE_INFINITY })).toBe(sent)
    const bounds = { minimum: -0, maximum: Number.POSITIVE_INFINITY, default: 1.0 }
    const tools = [{ type: 'function', function: { name: 'f', parameters: bounds } }]
    expect(canonicalRequest({ model: 'm', messages: [], tools })).toContain(
      '"parameters": {"default": 1, "maximum": null, "minimum": 0}',
    )
  })

  it('is none, and throws nothing, for tool calls that hold what JSON cannot say', async () => {
    const toolCalls = JSON.parse('[{"id": 1e999}]')
    expect(await check({ ...transcriptOf('tools'), toolCalls })).toEqual({ kind: 'none' })
  })

  it('is none where the answer carried none', async () => {
    expect(await check({ ...transcriptOf('plain'), wireProof: null })).toEqual({ kind: 'none' })
  })

  it.each<[string, AnswerTranscript]>([
    ['another answer', { ...transcriptOf('plain'), text: 'Bonjour' }],
    ['an answer with one more space', { ...transcriptOf('plain'), text: 'Bonjour 😀 ' }],
    ['another question', withBody({ messages: [{ role: 'user', content: 'other' }] })],
    ['another model', withBody({ model: 'gpt-5' })],
    ['another temperature', withBody({ temperature: 0.1 })],
    ['another limit', withBody({ max_tokens: 101 })],
    ['another tool call', { ...transcriptOf('tools'), toolCalls: [] }],
    ['tool calls passed off as text', { ...transcriptOf('tools'), finishReason: 'stop' }],
    ['a later time', withProof({ tee_timestamp: 1790000001 })],
    ['no time', withProof({ tee_timestamp: undefined })],
    ['a time in text', withProof({ tee_timestamp: '1790000000' })],
    ['a fractional time', withProof({ tee_timestamp: 1790000000.5 })],
    ['the signature of another answer', withProof({ tee_signature: file.vectors[1]?.tee_signature })],
    ['a signature cut short', withProof({ tee_signature: 'AAAA' })],
    ['no signature', withProof({ tee_signature: '' })],
    ['a signature that is no base64', withProof({ tee_signature: '%%%' })],
    ['no request hash', withProof({ tee_request_hash: undefined })],
    ['another request hash', withProof({ tee_request_hash: file.vectors[1]?.request_hash })],
    ['another output hash', withProof({ tee_output_hash: file.vectors[1]?.output_hash })],
    ['an id that is none', withProof({ tee_id: '0x12' })],
    ['no fields at all', { ...transcriptOf('plain'), wireProof: {} }],
  ])('fails with %s', async (_, transcript) => {
    expect(await verdict(transcript)).toBe('failed')
  })

  it('fails where a flipped bit hides in the signature', async () => {
    const signature = Buffer.from(String(transcriptOf('plain').wireProof?.tee_signature), 'base64')
    for (const at of [0, 127, 255]) {
      const flipped = Buffer.from(signature)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      expect(await verdict(withProof({ tee_signature: flipped.toString('base64') }))).toBe('failed')
    }
  })

  it('fails where the registry’s key is not the one that the id names', async () => {
    const { publicKey: other } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const der = new Uint8Array(other.export({ type: 'spki', format: 'der' }))
    expect(await verdict(transcriptOf('plain'), checkWith({ publicKey: der, active: true }))).toBe('failed')
    expect(keccak256(publicKey)).toBe(file.tee_id)
  })

  it('takes ids and hashes in upper case and without 0x', async () => {
    const bare = file.tee_id.slice(2).toUpperCase()
    const hash = String(transcriptOf('plain').wireProof?.tee_request_hash).toUpperCase()
    expect(await verdict(withProof({ tee_id: bare, tee_request_hash: `0x${hash}` }))).toBe('verified')
  })
})

function withBody(changes: Record<string, unknown>): AnswerTranscript {
  const transcript = transcriptOf('plain')
  return { ...transcript, call: { ...transcript.call, body: { ...transcript.call.body, ...changes } } }
}
