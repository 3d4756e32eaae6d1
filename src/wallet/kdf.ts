import { argon2id } from 'hash-wasm'
import { wipe } from './bytes.ts'
import { type DeriveKey, isAcceptableCost, type KdfParameters } from './kdf-cost.ts'
import type { Bytes } from './ports.ts'

/** Argon2id 1.3 of the NFKC form, 32 bytes; throws RangeError outside floor and ceiling, before any work. */
export async function deriveBytes(password: string, parameters: KdfParameters): Promise<Bytes> {
  if (!isAcceptableCost(parameters)) throw new RangeError('KDF parameters outside the accepted range')
  const secret = new TextEncoder().encode(password.normalize('NFKC'))
  try {
    const hash = await argon2id({
      password: secret,
      salt: parameters.salt,
      memorySize: parameters.memoryKib,
      iterations: parameters.iterations,
      parallelism: parameters.parallelism,
      hashLength: 32,
      outputType: 'binary',
    })
    const bytes = new Uint8Array(32)
    bytes.set(hash)
    wipe(hash)
    return bytes
  } finally {
    wipe(secret)
  }
}

/** The key that wraps a data key or a backup. */
export const deriveKey: DeriveKey = async (password, parameters) => {
  const bytes = await deriveBytes(password, parameters)
  try {
    return await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
  } finally {
    wipe(bytes)
  }
}
