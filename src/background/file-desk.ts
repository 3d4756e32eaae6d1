/** Files on their way between a page and the worker, part by part; one each way, in memory. */
import { MAX_FILE_BYTES } from '../backup/backup-file.ts'
import { ChatError } from '../domain/errors.ts'
import { FILE_PART_BYTES } from '../protocol/file-part.ts'
import { fromBase64, toBase64 } from './base64.ts'

export interface FileDesk {
  /** Takes the next part in; null begins a file and drops the one before. Throws ChatError 'restarting' for a file that is not here. */
  put(id: string | null, part: string): string
  /** The whole file, once. Throws ChatError 'restarting' where it is not here (any more). */
  take(id: string): Uint8Array
  /** Lays a file out for the page, which asks for its parts in order. */
  offer(file: Uint8Array): { readonly id: string; readonly parts: number }
  /** One part as base64; with the last one the file is dropped. Throws as `take`. */
  part(id: string, index: number): string
}

interface Incoming {
  readonly id: string
  readonly parts: readonly Uint8Array[]
  readonly length: number
}

export function createFileDesk(newId: () => string): FileDesk {
  let incoming: Incoming | null = null
  let outgoing: { readonly id: string; readonly file: Uint8Array } | null = null

  function requireIncoming(id: string): Incoming {
    if (incoming?.id !== id) throw new ChatError('restarting')
    return incoming
  }

  return {
    put(id, part) {
      const before = id === null ? { id: newId(), parts: [], length: 0 } : requireIncoming(id)
      const bytes = fromBase64(part)
      const length = before.length + bytes.length
      if (length > MAX_FILE_BYTES) {
        incoming = null
        throw new ChatError('invalid-body', { problem: 'not-a-backup' })
      }
      incoming = { id: before.id, parts: [...before.parts, bytes], length }
      return before.id
    },
    take(id) {
      const { parts, length } = requireIncoming(id)
      incoming = null
      const file = new Uint8Array(length)
      let offset = 0
      for (const part of parts) {
        file.set(part, offset)
        offset += part.length
      }
      return file
    },
    offer(file) {
      outgoing = { id: newId(), file }
      return { id: outgoing.id, parts: countParts(file) }
    },
    part(id, index) {
      if (outgoing?.id !== id) throw new ChatError('restarting')
      const { file } = outgoing
      if (index >= countParts(file) - 1) outgoing = null
      return toBase64(file.subarray(index * FILE_PART_BYTES, (index + 1) * FILE_PART_BYTES))
    },
  }
}

function countParts(file: Uint8Array): number {
  return Math.ceil(file.length / FILE_PART_BYTES)
}
