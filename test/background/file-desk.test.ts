import { describe, expect, it } from 'vitest'
import { createFileDesk } from '../../src/background/file-desk.ts'
import { FILE_PART_BYTES } from '../../src/protocol/file-part.ts'
import type { UiClient } from '../../src/protocol/ui-client.ts'
import type { UiMethod, UiParams, UiResult } from '../../src/protocol/ui-protocol.ts'
import { uiParams } from '../../src/protocol/ui-protocol.ts'
import { fetchFile, sendFile } from '../../src/ui/backup/carry-file.ts'

const RESTARTING = { reason: 'restarting' }
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 7919) % 251)

/** A page and a worker with a desk between them; every message passes its schema. */
function makeDesk() {
  let ids = 0
  let messages = 0
  const desk = createFileDesk(() => `file-${++ids}`)
  const client = {
    async call<M extends UiMethod>(method: M, params: UiParams<M>): Promise<UiResult<M>> {
      messages += 1
      const given: unknown = uiParams[method].parse(params)
      const answer = method === 'backup.put' ? put(given) : part(given)
      return answer as UiResult<M>
    },
  } as unknown as UiClient
  const put = (given: unknown) => {
    const { id, part } = given as UiParams<'backup.put'>
    return { id: desk.put(id, part) }
  }
  const part = (given: unknown) => {
    const { id, index } = given as UiParams<'backup.part'>
    return { part: desk.part(id, index) }
  }
  return { desk, client, messages: () => messages }
}

describe('a file between page and worker', () => {
  it.each([1, FILE_PART_BYTES - 1, FILE_PART_BYTES, FILE_PART_BYTES + 1, 2 * FILE_PART_BYTES + 5])(
    'of %i bytes arrives whole in both directions, in parts that one message can carry',
    async (length) => {
      const { desk, client, messages } = makeDesk()
      const file = bytesOf(length)
      const id = await sendFile(client, new Blob([file]))
      expect(messages()).toBe(Math.ceil(length / FILE_PART_BYTES))
      const arrived = desk.take(id)
      expect(Buffer.from(arrived).equals(Buffer.from(file))).toBe(true)
      const back = await new Blob([...(await fetchFile(client, desk.offer(arrived)))]).bytes()
      expect(Buffer.from(back).equals(Buffer.from(file))).toBe(true)
    },
  )

  it('is there once', async () => {
    const { desk, client } = makeDesk()
    const id = await sendFile(client, new Blob([bytesOf(3)]))
    desk.take(id)
    expect(() => desk.take(id)).toThrow(expect.objectContaining(RESTARTING))
    const offered = desk.offer(bytesOf(3))
    await fetchFile(client, offered)
    await expect(fetchFile(client, offered)).rejects.toMatchObject(RESTARTING)
  })

  it('is asked for anew where the worker died halfway', () => {
    const before = createFileDesk(() => 'a')
    const id = before.put(null, 'AAAA')
    const after = createFileDesk(() => 'b')
    expect(() => after.put(id, 'AAAA')).toThrow(expect.objectContaining(RESTARTING))
    expect(() => after.take(id)).toThrow(expect.objectContaining(RESTARTING))
  })

  it('never fills the memory: one file at a time, and none larger than a backup may be', () => {
    const desk = createFileDesk(() => 'a')
    const part = Buffer.alloc(FILE_PART_BYTES).toString('base64')
    const id = desk.put(null, part)
    for (let count = 1; count < 21; count++) desk.put(id, part)
    expect(() => desk.put(id, part)).toThrow(expect.objectContaining({ facts: { problem: 'not-a-backup' } }))
    expect(() => desk.take(id)).toThrow(expect.objectContaining(RESTARTING))
  })
})
