/** Secrets between our page and the worker: ephemeral ECDH P-256, HKDF-SHA-256, AES-256-GCM by WebCrypto, so that no message holds one. */
import type { Sealed } from './ui-protocol.ts'

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const
const INFO = new TextEncoder().encode('x402-chat sealed box v1')

/** A key pair that lives in memory only; the private half cannot be exported. */
export async function makeBoxKey(): Promise<{ readonly privateKey: CryptoKey; readonly publicKey: string }> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ['deriveBits'])
  return {
    privateKey: pair.privateKey,
    publicKey: toBase64(await crypto.subtle.exportKey('raw', pair.publicKey)),
  }
}

/** Seals text for the holder of `publicKey` (raw P-256 point, base64). */
export async function seal(publicKey: string, text: string): Promise<Sealed> {
  const own = await makeBoxKey()
  const key = await sharedKey(own.privateKey, publicKey)
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text))
  return { publicKey: own.publicKey, iv: toBase64(iv), data: toBase64(data) }
}

/** Opens what was sealed for this key; throws where it was sealed for another one or changed on its way. */
export async function openSealed(privateKey: CryptoKey, box: Sealed): Promise<string> {
  const key = await sharedKey(privateKey, box.publicKey)
  const plain = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: fromBase64(box.iv) },
    key,
    fromBase64(box.data),
  )
  return new TextDecoder('utf-8', { fatal: true }).decode(plain)
}

async function sharedKey(privateKey: CryptoKey, publicKey: string): Promise<CryptoKey> {
  const peer = await crypto.subtle.importKey('raw', fromBase64(publicKey), CURVE, false, [])
  const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: peer }, privateKey, 256)
  const material = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: INFO },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

function toBase64(bytes: ArrayBuffer | Uint8Array): string {
  let text = ''
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte)
  return btoa(text)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index)
  return bytes
}
