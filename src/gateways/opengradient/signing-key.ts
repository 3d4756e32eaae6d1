/** The key that an enclave names as its own, at `GET /signing-key`. Source: the gateway's code. */
import type { JsonRecord } from '../frame-reader.ts'
import { readJson, readRecord } from '../frame-reader.ts'
import type { GatewayConfig, WireRequest } from '../gateway.ts'

/** A PEM of RSA-2048 has some 450 characters; nothing near this size is one. */
const MAX_PEM = 8_192

/** Free, and the same for everybody. */
export function signingKeyRequest(config: Pick<GatewayConfig, 'baseUrl'>): WireRequest {
  return {
    method: 'GET',
    url: `${config.baseUrl}/signing-key`,
    headers: { accept: 'application/json' },
    body: null,
  }
}

/** DER SubjectPublicKeyInfo; null for anything but an answer that holds a PEM. The gateway's own word: it proves nothing alone. */
export function parseSigningKey(status: number, bodyText: string): Uint8Array | null {
  const answer: JsonRecord | undefined = status === 200 ? readRecord(readJson(bodyText)) : undefined
  const pem = answer?.public_key
  if (typeof pem !== 'string' || pem.length > MAX_PEM) return null
  const [, base64] =
    /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/.exec(pem) ?? []
  if (base64 === undefined) return null
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
