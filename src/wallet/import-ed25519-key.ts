import { concatBytes, wipe } from './bytes.ts'
import type { Bytes } from './ports.ts'

/** PKCS#8 around the 32 bytes of an Ed25519 private key. Source: RFC 8410, section 7. */
const PKCS8_HEADER = [
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
]

/** A key that stays inside WebCrypto, from its 32 private bytes, which the caller wipes. */
export async function importEd25519Key(key: Bytes): Promise<CryptoKey> {
  const wrapped = concatBytes(PKCS8_HEADER, key)
  try {
    return await crypto.subtle.importKey('pkcs8', wrapped, 'Ed25519', false, ['sign'])
  } finally {
    wipe(wrapped)
  }
}
