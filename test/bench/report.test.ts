import { describe, expect, it } from 'vitest'
import { failedLine, formatTable, reportLine } from './report.ts'
import { compare, limit } from './row.ts'
import { ROWS } from './rows.ts'

const KEYS = ['row', 'what', 'ours', 'peer', 'ratio', 'goal', 'holds', 'aa']

describe('the report', () => {
  it('has exactly its eight members for what was measured and for what was not', () => {
    const measured = reportLine(4, compare('first token', 'ms', { ours: 3, peer: 4, goal: 0.75 }))
    const alone = reportLine(3, limit('worker starts', 'starts', { ours: 1, goal: 0 }))
    const failed = failedLine(12, 'opening the popup')
    for (const line of [measured, alone, failed]) expect(Object.keys(line)).toEqual(KEYS)
    expect(measured).toMatchObject({ what: 'first token (ms)', ratio: 0.75, holds: true })
    expect(alone).toMatchObject({ peer: null, holds: false })
    expect(failed).toMatchObject({ ours: null, ratio: null, holds: false })
  })

  it('marks what falls short, and what is missing', () => {
    const table = formatTable([failedLine(12, 'opening the popup')])
    expect(table.split('\n').at(-1)).toMatch(/^ *12 +opening the popup: not measured .*SHORT/)
  })

  it('knows sixteen rows, each once', () => {
    expect(ROWS.map(({ row }) => row)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1))
  })
})
