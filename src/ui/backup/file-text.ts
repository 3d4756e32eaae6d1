/** Files as text on their way to the worker: messages carry no bytes. */

/** Bytes encoded at once; a multiple of 3, so that the parts can be joined. */
const PART = 3 * 16_384

/** base64 of bytes, in parts: one call with a whole file would overflow the stack. */
export function bytesToText(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let start = 0; start < bytes.length; start += PART) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(start, start + PART))))
  }
  return parts.join('')
}

/** Bytes of base64. Throws DOMException on anything else. */
export function textToBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index)
  return bytes
}
