/**
 * The vault as bytes, version 1, big-endian:
 * "X4CV" · version 1 · revision 4 · flags 1 · id 16 · KDF (algorithm 1 · memory KiB 4 · iterations 4 · lanes 1 · salt 16)
 * · accounts (kind 1 · EVM address 1+n · Solana address 1+n) · wrapped key (iv 12 · 48) · secrets (length 2 · iv 12 · n) · SHA-256 32.
 * The checksum tells damage before any key is derived; what must not be exchanged is bound to the ciphertexts besides.
 */

import { type ByteReader, createByteReader, uint } from './byte-reader.ts'
import { concatBytes, copyBytes, equalBytes } from './bytes.ts'
import { IV_LENGTH, type Sealed, TAG_LENGTH } from './cipher.ts'
import type { KdfParameters } from './kdf-cost.ts'
import { encodeKdf, readKdf } from './kdf-header.ts'
import type { Bytes } from './ports.ts'
import type { Addresses } from './wallet.ts'

/** What is known of a wallet without its password. */
export interface Identity {
  readonly hasPhrase: boolean
  readonly addresses: Addresses
}

export interface VaultFile {
  /** Grows with every write; of two good copies the higher one is the newer. Not bound. */
  readonly revision: number
  /** Whether the person has proven to have the words. Not bound: it decides over a banner only. */
  readonly phraseChecked: boolean
  readonly id: Bytes
  readonly kdf: KdfParameters
  readonly identity: Identity
  readonly wrappedKey: Sealed
  readonly secrets: Sealed
}

const MAGIC = new TextEncoder().encode('X4CV')
const VERSION = 1
const ID_LENGTH = 16
const CHECKSUM_LENGTH = 32
const KEY_LENGTH = 32
const MAX_LENGTH = 4096
export const VAULT_ID_LENGTH = ID_LENGTH

/** What the wrapped key is bound to: format, vault and every KDF parameter. */
export function boundToKey(file: Pick<VaultFile, 'id' | 'kdf'>): Bytes {
  return concatBytes(MAGIC, [VERSION], file.id, encodeKdf(file.kdf))
}

/** What the secrets are bound to: format, vault and the addresses that are shown for it. */
export function boundToSecrets(file: Pick<VaultFile, 'id' | 'identity'>): Bytes {
  return concatBytes(MAGIC, [VERSION], file.id, encodeIdentity(file.identity))
}

export async function writeVault(file: VaultFile): Promise<Bytes> {
  const body = concatBytes(
    MAGIC,
    [VERSION],
    uint(file.revision, 4),
    [file.phraseChecked ? 1 : 0],
    file.id,
    encodeKdf(file.kdf),
    encodeIdentity(file.identity),
    file.wrappedKey.iv,
    file.wrappedKey.data,
    uint(file.secrets.data.length, 2),
    file.secrets.iv,
    file.secrets.data,
  )
  return concatBytes(body, await checksum(body))
}

/** Null where the bytes are damaged, of another version, or ask for KDF parameters outside the accepted range. */
export async function readVault(bytes: Uint8Array): Promise<VaultFile | null> {
  if (bytes.length <= CHECKSUM_LENGTH || bytes.length > MAX_LENGTH) return null
  const body = copyBytes(bytes.subarray(0, bytes.length - CHECKSUM_LENGTH))
  if (!equalBytes(await checksum(body), bytes.subarray(body.length))) return null
  return parseBody(body)
}

function parseBody(body: Bytes): VaultFile | null {
  const reader = createByteReader(body)
  if (!equalBytes(reader.bytes(MAGIC.length), MAGIC) || reader.uint(1) !== VERSION) return null
  const revision = reader.uint(4)
  const flags = reader.uint(1)
  const id = reader.bytes(ID_LENGTH)
  const kdf = readKdf(reader)
  const identity = readIdentity(reader)
  const wrappedKey = { iv: reader.bytes(IV_LENGTH), data: reader.bytes(KEY_LENGTH + TAG_LENGTH) }
  const secretsLength = reader.uint(2)
  const secrets = { iv: reader.bytes(IV_LENGTH), data: reader.bytes(secretsLength) }
  if (!reader.isExactlyAtEnd() || kdf === null || identity === null || flags > 1) return null
  return { revision, phraseChecked: flags === 1, id, kdf, identity, wrappedKey, secrets }
}

function encodeIdentity(identity: Identity): Bytes {
  const evm = new TextEncoder().encode(identity.addresses.evm ?? '')
  const solana = new TextEncoder().encode(identity.addresses.solana ?? '')
  return concatBytes([identity.hasPhrase ? 1 : 0], uint(evm.length, 1), evm, uint(solana.length, 1), solana)
}

function readIdentity(reader: ByteReader): Identity | null {
  const kind = reader.uint(1)
  const evm = reader.text(reader.uint(1))
  const solana = reader.text(reader.uint(1))
  if (kind > 1 || evm === null || solana === null || evm + solana === '') return null
  if (evm !== '' && !isEvmAddressText(evm)) return null
  if (solana !== '' && !/^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(solana)) return null
  return {
    hasPhrase: kind === 1,
    addresses: { evm: evm === '' ? null : evm, solana: solana === '' ? null : solana },
  }
}

function isEvmAddressText(text: string): text is `0x${string}` {
  return /^0x[0-9a-fA-F]{40}$/.test(text)
}

async function checksum(body: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', body))
}
