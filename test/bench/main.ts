/** `npm run bench`: measures the rows of docs/PERFORMANCE.md. `--only 4,5` some of them, `--json` for machines, `--short` to see that it runs. */
import { parseArgs } from 'node:util'
import { failedLine, formatTable, type ReportLine, reportLine } from './report.ts'
import { ROWS } from './rows.ts'
import { createTools } from './tools.ts'

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'boolean' }, short: { type: 'boolean' } },
})
const wanted = values.only?.split(',').map(Number)
const unknown = (wanted ?? []).filter((number) => !ROWS.some(({ row }) => row === number))
if (unknown.length > 0) {
  console.error(`No such row: --only ${values.only}. There are ${ROWS.map(({ row }) => row).join(', ')}.`)
  process.exit(1)
}
const rows = ROWS.filter(({ row }) => wanted === undefined || wanted.includes(row))

/** How often something is said where the line cannot be written over, ms. */
const SAY_EVERY_MS = 10_000
let saidMs = performance.now()

let current = ''
const tell = (text: string) => {
  const line = `${current}${text}`
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line.slice(0, 120)}`)
  else if (line !== '' && performance.now() - saidMs >= SAY_EVERY_MS) {
    saidMs = performance.now()
    console.error(line)
  }
}
const { tools, end } = createTools({ short: values.short ?? false, progress: tell })
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void end().then(() => process.exit(1)))

const lines: ReportLine[] = []
let failed = 0
try {
  for (const { row, what, measure } of rows) {
    current = `row ${row}, ${what}: `
    const startMs = performance.now()
    tell('')
    try {
      for (const result of await measure(tools)) lines.push(reportLine(row, result))
    } catch (error) {
      failed += 1
      lines.push(failedLine(row, what))
      console.error(`\nrow ${row} could not be measured:`, error)
    }
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
    if (!process.stderr.isTTY) console.error(`row ${row}, ${what}: ${seconds} s`)
  }
} finally {
  current = ''
  tell('')
  await end()
}
console.log(values.json ? JSON.stringify(lines) : formatTable(lines))
if (values.short) console.error('A short run shows that everything runs. Its figures are no measure.')
// It measures: a goal that is missed is no failure, a row that could not be measured is.
process.exitCode = failed === 0 ? 0 : 1
