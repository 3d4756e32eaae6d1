import { deriveKey } from '../../src/wallet/kdf.ts'
import type { DeriveKey } from '../../src/wallet/kdf-cost.ts'

/**
 * Derives for real, but each password with the same parameters once: reading them back from a file must lead to the
 * very same ones, or it is another derivation with another key.
 */
export function remember(): DeriveKey {
  const known = new Map<string, Promise<CryptoKey>>()
  return (password, parameters) => {
    const name = JSON.stringify([password, { ...parameters, salt: [...parameters.salt] }])
    const key = known.get(name) ?? deriveKey(password, parameters)
    known.set(name, key)
    return key
  }
}
