import { HDKey as Bip32Key } from '@scure/bip32'
import { mnemonicToSeedWebcrypto } from '@scure/bip39'
import { HDKey as Slip10Key } from 'micro-key-producer/slip10.js'
import { copyBytes, wipe } from './bytes.ts'
import type { Bytes } from './ports.ts'

const HARDENED = 0x80000000

/** m/44'/60'/0'/0/0: BIP-44 with SLIP-0044's coin type of Ether. */
export const EVM_PATH = [HARDENED + 44, HARDENED + 60, HARDENED + 0, 0, 0] as const
/** m/44'/501'/0'/0': what Phantom, Solflare and the Solana CLI's `key=0/0` use. */
export const SOLANA_PATH = [HARDENED + 44, HARDENED + 501, HARDENED + 0, HARDENED + 0] as const

/** Both private keys of a BIP-39 phrase without a passphrase; secret, to be wiped. */
export async function deriveKeys(phrase: string): Promise<{ evmKey: Bytes; solanaKey: Bytes }> {
  const seed = copyBytes(await mnemonicToSeedWebcrypto(phrase))
  try {
    return { evmKey: deriveSecp256k1(seed, EVM_PATH), solanaKey: deriveEd25519(seed, SOLANA_PATH) }
  } finally {
    wipe(seed)
  }
}

/** BIP-32 private key of a path of child numbers (hardened ones from 2³¹). */
export function deriveSecp256k1(seed: Bytes, path: readonly number[]): Bytes {
  let node = Bip32Key.fromMasterSeed(seed)
  for (const index of path) {
    const child = node.deriveChild(index)
    node.wipePrivateData()
    node = child
  }
  if (node.privateKey === null) throw new Error('A derived key has no private half')
  const key = copyBytes(node.privateKey)
  node.wipePrivateData()
  return key
}

/** SLIP-0010 Ed25519 private key of a path of hardened child numbers. */
export function deriveEd25519(seed: Bytes, path: readonly number[]): Bytes {
  let node = Slip10Key.fromMasterSeed(seed)
  for (const index of path) {
    const child = node.deriveChild(index)
    wipe(node.privateKey, node.chainCode)
    node = child
  }
  const key = copyBytes(node.privateKey)
  wipe(node.privateKey, node.chainCode)
  return key
}
