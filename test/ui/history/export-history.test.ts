import { describe, expect, it } from 'vitest'
import { csvCell, exportHistory } from '../../../src/ui/history/export-history.ts'
import { createFakeClient } from '../fake-client.ts'
import { makeLiveRow, makeRow, NOW } from '../samples.ts'

const filter = { principal: 'https://reader.example.com' }
const rows = Array.from({ length: 450 }, (_, index) => makeRow({ id: `row-${index}` }))

function makeClient(stopAfter?: { readonly calls: number; readonly controller: AbortController }) {
  let calls = 0
  return createFakeClient({
    'history.page': ({ limit, before }) => {
      calls += 1
      if (stopAfter && calls === stopAfter.calls) stopAfter.controller.abort()
      const from = Number(before ?? 0)
      return {
        rows: rows.slice(from, from + limit),
        next: from + limit < rows.length ? String(from + limit) : null,
      }
    },
  })
}

describe('exportHistory', () => {
  it('writes every row of the filter once, and tells how far it is', async () => {
    const client = makeClient()
    const progress: number[] = []
    const options = {
      signal: new AbortController().signal,
      onProgress: (count: number) => progress.push(count),
    }
    const parts = await exportHistory(client, { filter, format: 'json' }, options)
    const written: { id: string }[] = JSON.parse((parts ?? []).join(''))
    expect(written.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
    expect(progress).toEqual([200, 400, 450])
    expect(client.calls.every(({ params }) => JSON.stringify(params).includes('reader.example.com'))).toBe(
      true,
    )
  })
  it('writes a header and exact amounts in whole units', async () => {
    const client = createFakeClient({
      'history.page': () => ({
        rows: [makeRow({ createdAtMs: NOW }), makeLiveRow({ model: 'a,"b"' })],
        next: null,
      }),
    })
    const parts = await exportHistory(
      client,
      { filter: {}, format: 'csv' },
      { signal: new AbortController().signal, onProgress: () => undefined },
    )
    const lines = (parts ?? []).join('').split('\r\n')
    const [head = '', first = '', second = ''] = lines
    const column = (name: string) => head.split(',').indexOf(name)
    const cells = first.split(',')
    expect(cells[column('time')]).toBe('2026-11-21T14:00:00.000Z')
    expect(cells[column('maximum')]).toBe('0.004474')
    expect(cells[column('charged')]).toBe('0.004424')
    expect(cells[column('on hold')]).toBe('0')
    expect(second).toContain('"a,""b"""')
    expect(second).toContain('0.44')
    expect(lines).toHaveLength(4)
  })
  it('stops when it is cancelled', async () => {
    const controller = new AbortController()
    const client = makeClient({ calls: 2, controller })
    const options = { signal: controller.signal, onProgress: () => undefined }
    expect(await exportHistory(client, { filter: {}, format: 'csv' }, options)).toBeNull()
    expect(client.calls).toHaveLength(2)
  })
})

describe('csvCell', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=HYPERLINK("https://evil.example")', '"\'=HYPERLINK(""https://evil.example"")"'],
    ['+1', "'+1"],
    ['@cmd', "'@cmd"],
    ['-2', "'-2"],
  ])('writes %j as %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell)
  })
  it('writes nothing for nothing', () => {
    expect(csvCell(null)).toBe('')
  })
})
