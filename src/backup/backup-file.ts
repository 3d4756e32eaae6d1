/**
 * A backup as bytes, version 1, big-endian: "X4CB" · version 1 · KDF (as in a vault's header) · iv 12 · length 4 ·
 * AES-256-GCM ciphertext · SHA-256 32. The header is bound to the ciphertext; the checksum tells damage before any key is derived.
 */
import { ChatError } from '../domain/errors.ts'
import { createByteReader, uint } from '../wallet/byte-reader.ts'
import { concatBytes, copyBytes, equalBytes } from '../wallet/bytes.ts'
import { IV_LENGTH, open, seal, TAG_LENGTH } from '../wallet/cipher.ts'
import {
  type DeriveKey,
  type KdfCost,
  type KdfParameters,
  SALT_LENGTH,
  VAULT_COST,
} from '../wallet/kdf-cost.ts'
import { encodeKdf, readKdf } from '../wallet/kdf-header.ts'
import type { Bytes, RandomBytes } from '../wallet/ports.ts'

/** Tried in this order: 256 MiB where the device gives that much, else what the vault takes. */
export const BACKUP_COSTS: readonly KdfCost[] = [
  { memoryKib: 256 * 1024, iterations: 3, parallelism: 1 },
  VAULT_COST,
]

/** Largest file that is read. */
export const MAX_FILE_BYTES = 128 * 1024 * 1024

export interface FileTools {
  readonly random: RandomBytes
  readonly deriveKey: DeriveKey
  readonly costs: readonly KdfCost[]
}

const MAGIC = new TextEncoder().encode('X4CB')
const VERSION = 1
const CHECKSUM_LENGTH = 32

export async function sealBackup(content: Bytes, passphrase: string, tools: FileTools): Promise<Bytes> {
  const { key, kdf } = await deriveDearest(passphrase, tools)
  const { iv, data } = await seal(key, content, { bound: headerOf(kdf), random: tools.random })
  const body = concatBytes(headerOf(kdf), iv, uint(data.length, 4), data)
  return concatBytes(body, await checksum(body))
}

/**
 * The content. Throws ChatError 'invalid-body' with `problem`: 'not-a-backup', 'backup-damaged', 'backup-version',
 * 'backup-weak' (KDF parameters outside the accepted range), 'not-enough-memory' or 'wrong-passphrase'.
 */
export async function openBackup(
  file: Uint8Array,
  passphrase: string,
  tools: Pick<FileTools, 'deriveKey'>,
): Promise<Bytes> {
  const { kdf, iv, data } = await readFile(file)
  const key = await tools.deriveKey(passphrase, kdf).catch((cause: unknown) => {
    throw new ChatError('invalid-body', { problem: 'not-enough-memory' }, { cause })
  })
  const content = await open(key, { iv, data }, headerOf(kdf))
  if (content === null) throw refuse('wrong-passphrase')
  return content
}

async function readFile(file: Uint8Array): Promise<{ kdf: KdfParameters; iv: Bytes; data: Bytes }> {
  const least = headerLength() + IV_LENGTH + 4 + TAG_LENGTH + CHECKSUM_LENGTH
  if (file.length < least || file.length > MAX_FILE_BYTES) throw refuse('not-a-backup')
  if (!equalBytes(file.subarray(0, MAGIC.length), MAGIC)) throw refuse('not-a-backup')
  const body = copyBytes(file.subarray(0, file.length - CHECKSUM_LENGTH))
  if (!equalBytes(await checksum(body), file.subarray(body.length))) throw refuse('backup-damaged')
  const reader = createByteReader(body)
  reader.bytes(MAGIC.length)
  if (reader.uint(1) !== VERSION) throw refuse('backup-version')
  const kdf = readKdf(reader)
  if (kdf === null) throw refuse('backup-weak')
  const iv = reader.bytes(IV_LENGTH)
  const length = reader.uint(4)
  if (length !== body.length - headerLength() - IV_LENGTH - 4) throw refuse('backup-damaged')
  return { kdf, iv, data: reader.bytes(length) }
}

async function deriveDearest(
  passphrase: string,
  tools: FileTools,
): Promise<{ readonly key: CryptoKey; readonly kdf: KdfParameters }> {
  let failure: unknown
  for (const cost of tools.costs) {
    const kdf = { ...cost, salt: tools.random(SALT_LENGTH) }
    try {
      return { key: await tools.deriveKey(passphrase, kdf), kdf }
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

function headerOf(kdf: KdfParameters): Bytes {
  return concatBytes(MAGIC, [VERSION], encodeKdf(kdf))
}

function headerLength(): number {
  return headerOf({ ...VAULT_COST, salt: new Uint8Array(SALT_LENGTH) }).length
}

async function checksum(body: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', body))
}

function refuse(problem: string): ChatError {
  return new ChatError('invalid-body', { problem })
}
