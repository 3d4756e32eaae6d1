import { createKeyPairFromPrivateKeyBytes, getAddressFromPublicKey } from '@solana/kit'
import { ChatError, type Facts } from '../domain/errors.ts'
import { equalBytes, wipe } from './bytes.ts'
import { deriveKeys } from './derive.ts'
import { readPhrase } from './phrase.ts'
import type { Bytes } from './ports.ts'
import { evmAddressOf } from './secp256k1.ts'
import type { WalletSecrets } from './secrets.ts'
import { readSolanaKey } from './solana-key.ts'
import type { Identity } from './vault-file.ts'
import type { ImportSource } from './wallet.ts'

export interface Imported {
  readonly secrets: WalletSecrets
  readonly identity: Identity
}

/** Order of secp256k1's base point (SEC 2, 2.4.1): private keys lie between 1 and one below it. */
const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** Reads what the person typed. Throws ChatError 'invalid-body' with a `problem` that never quotes the input. */
export function readImport(source: ImportSource): Promise<Imported> {
  switch (source.kind) {
    case 'phrase':
      return importPhrase(source.phrase)
    case 'evm-key':
      return importEvmKey(source.key)
    case 'solana-key':
      return importSolanaKey(source.key)
  }
}

async function importPhrase(text: string): Promise<Imported> {
  const read = readPhrase(text)
  if ('problem' in read) {
    const { kind } = read.problem
    throw refuse(kind, kind === 'phrase-word' ? { word: String(read.problem.word) } : {})
  }
  const { evmKey, solanaKey } = await deriveKeys(read.phrase)
  return describe({ entropy: read.entropy, evmKey, solanaKey })
}

async function importEvmKey(text: string): Promise<Imported> {
  const match = /^(?:0x)?([0-9a-fA-F]{64})$/.exec(text.trim())
  if (!match) throw refuse('evm-key-format')
  const scalar = BigInt(`0x${match[1]}`)
  if (scalar === 0n || scalar >= SECP256K1_ORDER) throw refuse('evm-key-range')
  const evmKey = Uint8Array.from((match[1] ?? '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return describe({ entropy: null, evmKey, solanaKey: null })
}

async function importSolanaKey(text: string): Promise<Imported> {
  const bytes = readSolanaKey(text.trim())
  // 32 bytes may be a private key as well as an address, whose "key" everybody would know.
  if (bytes?.length === 32) throw refuse('solana-key-address')
  if (bytes?.length !== 64) throw refuse('solana-key-format')
  const solanaKey = bytes.slice(0, 32)
  const pair = await createKeyPairFromPrivateKeyBytes(solanaKey)
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  if (!equalBytes(publicKey, bytes.subarray(32))) {
    wipe(bytes, solanaKey)
    throw refuse('solana-key-mismatch')
  }
  wipe(bytes)
  return describe({ entropy: null, evmKey: null, solanaKey })
}

async function describe(secrets: WalletSecrets): Promise<Imported> {
  const evm = secrets.evmKey === null ? null : evmAddressOf(secrets.evmKey)
  const solana = secrets.solanaKey === null ? null : await solanaAddress(secrets.solanaKey)
  return { secrets, identity: { hasPhrase: secrets.entropy !== null, addresses: { evm, solana } } }
}

async function solanaAddress(key: Bytes): Promise<string> {
  const pair = await createKeyPairFromPrivateKeyBytes(key)
  return getAddressFromPublicKey(pair.publicKey)
}

function refuse(problem: string, facts: Facts = {}): ChatError {
  return new ChatError('invalid-body', { problem, ...facts })
}
