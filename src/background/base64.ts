import { ChatError } from '../domain/errors.ts'

/** base64 (RFC 4648) of bytes of any length. */
export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += 0x8000)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)))
  return btoa(parts.join(''))
}

/** Throws ChatError 'invalid-body' for a text that is no base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    const binary = atob(text)
    const bytes = new Uint8Array(binary.length)
    for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index)
    return bytes
  } catch (cause) {
    throw new ChatError('invalid-body', { field: 'file' }, { cause })
  }
}
