/** What lies in a backup, as gzipped JSON. */
import { ChatError } from '../domain/errors.ts'
import type { LedgerDump } from '../ledger/ledger.ts'
import { fromBase64, toBase64 } from '../wallet/bytes.ts'
import type { Bytes } from '../wallet/ports.ts'

export interface BackupContent {
  readonly createdAtMs: number
  /** The vault's own bytes, still under the wallet's password; null where there was no wallet. */
  readonly vault: Bytes | null
  readonly settings: unknown
  readonly gateways: readonly unknown[]
  /** What was changed about the shipped gateways; null in older files. */
  readonly builtIns: unknown
  /** Null where the books could not be read when the file was made. */
  readonly ledger: LedgerDump | null
}

const VERSION = 1
/** In the place of a ledger that could not be read: a file that merely lacks one is damaged. */
const UNREAD = 'unread'
/** Largest content before packing, and so after unpacking, bytes: a small hostile file cannot fill the memory. */
const MAX_CONTENT_BYTES = 256 * 1024 * 1024

/** Throws ChatError 'invalid-body' with `problem` 'backup-too-large' for what could not be unpacked again. */
export async function packContent(content: BackupContent, limit = MAX_CONTENT_BYTES): Promise<Bytes> {
  const vault = content.vault && toBase64(content.vault)
  const text = new Blob([
    JSON.stringify({ version: VERSION, ...content, vault, ledger: content.ledger ?? UNREAD }),
  ])
  if (text.size > limit) throw refuse('backup-too-large')
  return pump(text.stream().pipeThrough(new CompressionStream('gzip')), Infinity)
}

/** Throws ChatError 'invalid-body' with `problem` 'backup-damaged', or 'backup-version' for a newer one. */
export async function unpackContent(packed: Bytes, limit = MAX_CONTENT_BYTES): Promise<BackupContent> {
  const bytes = await unzip(packed, limit)
  const value = parseJson(new TextDecoder().decode(bytes))
  if (!isRecord(value)) throw refuse('backup-damaged')
  if (value.version !== VERSION) throw refuse('backup-version')
  const { createdAtMs, settings, gateways } = value
  const vault = value.vault === null ? null : parseVaultText(value.vault)
  if (typeof createdAtMs !== 'number' || !Number.isSafeInteger(createdAtMs)) throw refuse('backup-damaged')
  if (!Array.isArray(gateways)) throw refuse('backup-damaged')
  return {
    createdAtMs,
    vault,
    settings: settings ?? null,
    gateways,
    builtIns: value.builtIns ?? null,
    ledger: value.ledger === UNREAD ? null : parseDump(value.ledger),
  }
}

function parseVaultText(value: unknown): Bytes {
  const bytes = typeof value === 'string' ? fromBase64(value) : null
  if (bytes === null) throw refuse('backup-damaged')
  return bytes
}

/** The frame only: the ledger reads every row itself before it writes one. */
function parseDump(value: unknown): LedgerDump {
  if (!isRecord(value) || typeof value.version !== 'number') throw refuse('backup-damaged')
  const rows = (name: string): readonly unknown[] => {
    const list = value[name]
    if (!Array.isArray(list)) throw refuse('backup-damaged')
    return list
  }
  return {
    version: value.version,
    payments: rows('payments'),
    requests: rows('requests'),
    transfers: rows('transfers'),
    grants: rows('grants'),
    limits: value.limits,
    pins: rows('pins'),
  }
}

async function unzip(packed: Bytes, limit: number): Promise<Bytes> {
  try {
    return await pump(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')), limit)
  } catch (cause) {
    throw new ChatError('invalid-body', { problem: 'backup-damaged' }, { cause })
  }
}

async function pump(stream: ReadableStream<Uint8Array>, limit: number): Promise<Bytes> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length
    if (length > limit) {
      await reader.cancel()
      throw new RangeError('Larger than a backup may be')
    }
    chunks.push(read.value)
  }
  const all = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    all.set(chunk, offset)
    offset += chunk.length
  }
  return all
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ChatError('invalid-body', { problem: 'backup-damaged' }, { cause })
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuse(problem: string): ChatError {
  return new ChatError('invalid-body', { problem })
}
