import { describe, expect, it } from 'vitest'
import { parseSigningKey, signingKeyRequest } from '../../src/gateways/opengradient/signing-key.ts'
import file from '../vectors/tee_vectors.json' with { type: 'json' }

const der = new Uint8Array(Buffer.from(file.spki_der_b64, 'base64'))
const pem = `-----BEGIN PUBLIC KEY-----\n${file.spki_der_b64.replace(/(.{64})/g, '$1\n')}\n-----END PUBLIC KEY-----\n`

describe('the key that a gateway names as its own', () => {
  it('is asked for without a payment, and without anything of ours', () => {
    expect(signingKeyRequest({ baseUrl: 'https://llm.example' })).toEqual({
      method: 'GET',
      url: 'https://llm.example/signing-key',
      headers: { accept: 'application/json' },
      body: null,
    })
  })

  it('is the DER key of the PEM', () => {
    expect(parseSigningKey(200, JSON.stringify({ public_key: pem, tee_id: file.tee_id }))).toEqual(der)
  })

  it.each([
    ['another status', 404, JSON.stringify({ public_key: pem })],
    ['no JSON', 200, pem],
    ['no key', 200, '{}'],
    ['a private key', 200, JSON.stringify({ public_key: pem.replaceAll('PUBLIC', 'PRIVATE') })],
    ['a key without end', 200, JSON.stringify({ public_key: pem.replace('-----END', 'END') })],
    ['broken base64', 200, JSON.stringify({ public_key: pem.replace(/A/, 'A===A') })],
    ['megabytes', 200, JSON.stringify({ public_key: pem.replace('MII', `MII${'A'.repeat(10_000)}`) })],
  ])('is null for %s', (_, status, body) => {
    expect(parseSigningKey(status, body)).toBeNull()
  })
})
