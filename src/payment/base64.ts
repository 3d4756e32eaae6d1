import { safeBase64Encode } from '@x402/core/utils'

/** base64 of the UTF-8 bytes, by the function behind @x402/core's header codecs. */
export function encodeBase64Text(text: string): string {
  return safeBase64Encode(text)
}

/** Text of canonical padded base64 (RFC 4648 §4) in valid UTF-8; undefined for anything else. */
export function decodeBase64Text(encoded: string): string | undefined {
  if (encoded.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined
  const binary = atob(encoded)
  if (btoa(binary) !== encoded) return undefined
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
