import type { Result } from './row.ts'

/** One line of the machine-readable report; nulls where the row could not be measured. */
export interface ReportLine {
  readonly row: number
  /** With the unit of `ours` and `peer`. */
  readonly what: string
  readonly ours: number | null
  readonly peer: number | null
  readonly ratio: number | null
  readonly goal: number | null
  readonly holds: boolean
  readonly aa: number | null
}

export function reportLine(row: number, { unit, what, ...figures }: Result): ReportLine {
  return { row, what: `${what} (${unit})`, ...figures }
}

/** A row that could not be measured is there all the same, and does not hold. */
export function failedLine(row: number, what: string): ReportLine {
  const nothing = { ours: null, peer: null, ratio: null, goal: null, holds: false, aa: null }
  return { row, what: `${what}: not measured`, ...nothing }
}

const HEAD = ['row', 'what', 'ours', 'peer', 'ratio', 'goal', '', 'A/A']

/** The table that a person reads; what falls short is marked. */
export function formatTable(lines: readonly ReportLine[]): string {
  const cells = lines.map(cellsOf)
  const widths = HEAD.map((head, column) =>
    Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)),
  )
  const format = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  return [HEAD, widths.map((width) => '-'.repeat(width)), ...cells].map(format).join('\n')
}

function cellsOf({ row, what, ours, peer, ratio, goal, holds, aa }: ReportLine): string[] {
  return [
    String(row),
    what,
    amount(ours),
    amount(peer),
    peer === null || ratio === null ? '–' : ratio.toFixed(3),
    goal === null ? '–' : `≤ ${goal}`,
    holds ? 'ok' : 'SHORT',
    aa === null ? '–' : aa.toFixed(3),
  ]
}

/** Four digits are more than the noise leaves. */
function amount(value: number | null): string {
  return value === null ? '–' : String(Number(value.toPrecision(4)))
}
