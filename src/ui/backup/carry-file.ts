/** Files between this page and the worker, part by part. */
import { FILE_PART_BYTES } from '../../protocol/file-part.ts'
import type { UiClient } from '../../protocol/ui-client.ts'
import { bytesToText, textToBytes } from './file-text.ts'

/** Hands a file to the worker, which keeps it for one use; returns its name there. */
export async function sendFile(client: UiClient, file: Blob): Promise<string> {
  let id: string | null = null
  for (let start = 0; start === 0 || start < file.size; start += FILE_PART_BYTES) {
    const bytes = new Uint8Array(await file.slice(start, start + FILE_PART_BYTES).arrayBuffer())
    const sent: { readonly id: string } = await client.call('backup.put', { id, part: bytesToText(bytes) })
    id = sent.id
  }
  return id ?? ''
}

/** The parts of a file that the worker made, in order. */
export async function fetchFile(
  client: UiClient,
  { id, parts }: { readonly id: string; readonly parts: number },
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const file: Uint8Array<ArrayBuffer>[] = []
  for (let index = 0; index < parts; index++) {
    file.push(textToBytes((await client.call('backup.part', { id, index })).part))
  }
  return file
}
