/** The crash matrix as a table for people. */
import type { Ending, Played } from './row.ts'

export interface Verdict {
  readonly played: Played
  readonly transfers: number
  readonly wrong: readonly string[]
}

const HEAD = ['point', 'what ended', 'stops', 'the page read', 'its repeat', 'another', 'transfers', 'right']

/** One line to a row. */
export function summaryTable(verdicts: readonly Verdict[]): string {
  const lines = verdicts.map(({ played, transfers, wrong }) => [
    played.row.point.name,
    played.row.how,
    `${played.stops}/${played.row.strikes}`,
    words(played.ending),
    words(played.again),
    words(played.another),
    String(transfers),
    wrong.length === 0 ? 'yes' : 'NO',
  ])
  const widths = HEAD.map((head, at) => Math.max(head.length, ...lines.map((line) => line[at]?.length ?? 0)))
  const draw = (line: readonly string[]) => line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [draw(HEAD), rule, ...lines.map(draw)].join('\n')
}

function words(ending: Ending): string {
  switch (ending.kind) {
    case 'answer':
      return 'answer'
    case 'error':
      return `${ending.type} (${ending.charged})`
    case 'page gone':
      return 'page gone'
    case 'nothing':
      return '–'
  }
}
