/** Cryptographically secure bytes. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** A fresh id, 122 random bits (RFC 9562 version 4). */
export function newId(): string {
  return crypto.randomUUID()
}
