import { constants, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hexToBytes } from 'viem'
import { describe, expect, it } from 'vitest'
import { canonicalRequest } from './canonical-request.ts'
import { PythonFloat, pythonJson } from './python-json.ts'
import { createTeeSigner, proofMessage } from './tee-signer.ts'

interface Vectors {
  spki_der_b64: string
  private_key_pkcs8_b64: string
  tee_id: string
  vectors: {
    name: string
    canonical_json: string
    request_hash: string
    output_string: string
    output_hash: string
    timestamp: number
    msg_hash: string
    tee_signature: string
  }[]
}

const file = new URL('../../../vectors/tee_vectors.json', import.meta.url)
const vectors: Vectors = JSON.parse(readFileSync(file, 'utf8'))
const signer = createTeeSigner(Buffer.from(vectors.private_key_pkcs8_b64, 'base64'))

function isValid(message: Uint8Array, signature: string): boolean {
  const key = createPublicKey({
    key: Buffer.from(vectors.spki_der_b64, 'base64'),
    format: 'der',
    type: 'spki',
  })
  const padding = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  return verify('sha256', message, padding, Buffer.from(signature, 'base64'))
}

describe('tee signer', () => {
  it('has the id of the vectors', () => {
    expect(signer.teeId).toBe(vectors.tee_id)
    expect(Buffer.from(hexToBytes(signer.publicKey)).toString('base64')).toBe(vectors.spki_der_b64)
  })

  it.each(vectors.vectors)('proves the vector "$name"', (vector) => {
    const proof = signer.prove(vector.canonical_json, vector.output_string, vector.timestamp)
    expect(proof.tee_request_hash).toBe(vector.request_hash)
    expect(proof.tee_output_hash).toBe(vector.output_hash)
    const message = proofMessage(`0x${vector.request_hash}`, `0x${vector.output_hash}`, vector.timestamp)
    expect(message).toBe(`0x${vector.msg_hash}`)
    expect(isValid(hexToBytes(message), vector.tee_signature)).toBe(true)
    expect(isValid(hexToBytes(message), proof.tee_signature)).toBe(true)
    expect(isValid(hexToBytes(`0x${'00'.repeat(32)}`), proof.tee_signature)).toBe(false)
  })

  it.each(vectors.vectors)('rebuilds the canonical text of "$name" from the body of a client', (vector) => {
    const parsed = JSON.parse(vector.canonical_json)
    const body = { ...parsed, stream: true, tool_choice: 'auto', n: 1, top_p: 0.9 }
    expect(canonicalRequest(body)).toBe(vector.canonical_json)
  })
})

describe('canonical request', () => {
  it('counts a developer as system, and gives an assistant without content an empty one', () => {
    const call = { id: 'c', type: 'function', index: 0, function: { name: 'f', arguments: '{}' } }
    const messages = [
      { role: 'developer', content: 'd', name: 'n' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', content: 't', tool_call_id: 'c' },
    ]
    expect(canonicalRequest({ model: 'm', messages })).toBe(
      '{"messages": [{"content": "d", "role": "system"}, {"content": "", "role": "assistant", "tool_calls": ' +
        '[{"function": {"arguments": "{}", "name": "f"}, "id": "c", "type": "function"}]}, ' +
        '{"content": "t", "role": "tool", "tool_call_id": "c"}], "model": "m", "temperature": 0.0}',
    )
  })

  it('keeps of a part its text, or its type and file name', () => {
    const content = [
      { type: 'text', text: 'a', extra: 1 },
      { type: 'image_url', image_url: { url: 'data:' } },
      { type: 'file', file: { filename: 'x.pdf', file_data: '…' } },
    ]
    expect(canonicalRequest({ model: 'm', messages: [{ role: 'user', content }] })).toContain(
      '[{"text": "a", "type": "text"}, {"type": "image_url"}, {"filename": "x.pdf", "type": "file"}]',
    )
  })

  it('leaves out what Python holds for empty', () => {
    const body = { model: 'm', messages: [], stop: [], tools: [], response_format: {}, web_search: false }
    expect(canonicalRequest(body)).toBe('{"messages": [], "model": "m", "temperature": 0.0}')
    expect(canonicalRequest({ ...body, web_search: true, max_tokens: 5, stop: 'x' })).toBe(
      '{"max_tokens": 5, "messages": [], "model": "m", "stop": "x", "temperature": 0.0, "web_search": true}',
    )
  })
})

describe('python json', () => {
  // Left: what JavaScript holds; right: what CPython 3.11 prints.
  it.each([
    [0, '0.0'],
    [1, '1.0'],
    [0.7, '0.7'],
    [0.00001, '1e-05'],
    [0.0001, '0.0001'],
    [0.000015, '1.5e-05'],
    [1e-7, '1e-07'],
    [123456.789, '123456.789'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
    [1.5e300, '1.5e+300'],
    [-2.5, '-2.5'],
    [-0, '-0.0'],
  ])('prints the float %d as %s', (value, text) => {
    expect(pythonJson(new PythonFloat(value))).toBe(text)
  })

  it('sorts keys by code point, where UTF-16 units would order otherwise', () => {
    expect(pythonJson({ '\u{1f600}': 1, '\uffff': 2, b: 3, a: 4 })).toBe(
      '{"a": 4, "b": 3, "\\uffff": 2, "\\ud83d\\ude00": 1}',
    )
  })

  it('escapes everything outside printable ASCII, with the short forms where JSON has them', () => {
    expect(pythonJson('\u0000\b\t\n\f\r"\\/\u007fé')).toBe('"\\u0000\\b\\t\\n\\f\\r\\"\\\\/\\u007f\\u00e9"')
  })

  it('tells ints from floats inside a tool definition', () => {
    expect(pythonJson({ a: 3, b: 0.5, c: 1e-5, d: [true, null] })).toBe(
      '{"a": 3, "b": 0.5, "c": 1e-05, "d": [true, null]}',
    )
  })
})
