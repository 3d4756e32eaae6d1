/** AES-256-GCM by WebCrypto, with the associated data always named. */
import type { Bytes, RandomBytes } from './ports.ts'

export const IV_LENGTH = 12
export const TAG_LENGTH = 16

export interface Sealed {
  /** 12 random bytes, never used twice under one key. */
  readonly iv: Bytes
  /** Ciphertext and tag. */
  readonly data: Bytes
}

/** A key that stays inside WebCrypto, from 32 raw bytes. */
export function importAesKey(raw: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export async function seal(
  key: CryptoKey,
  plain: Bytes,
  options: { readonly bound: Bytes; readonly random: RandomBytes },
): Promise<Sealed> {
  const iv = options.random(IV_LENGTH)
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: options.bound }, key, plain)
  return { iv, data: new Uint8Array(data) }
}

/** Null where the key is another one, or anything that is bound has changed. */
export async function open(key: CryptoKey, sealed: Sealed, bound: Bytes): Promise<Bytes | null> {
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.iv, additionalData: bound },
      key,
      sealed.data,
    )
    return new Uint8Array(plain)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return null
    throw error
  }
}
