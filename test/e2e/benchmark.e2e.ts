/** `npm run bench` in its short mode, a row of each kind: that it runs, and says what it should. What it measures then is no measure. */
import { describe, expect, inject, it } from 'vitest'
import { binary, run } from '../../scripts/run.mjs'

const KEYS = ['row', 'what', 'ours', 'peer', 'ratio', 'goal', 'holds', 'aa']

/** Bytes of a build, requests of a whole world, the ledger in a page, markdown in a page. */
const ROWS = [1, 6, 9, 10, 14]

describe('the benchmark', () => {
  it('measures what it is asked for and ends with 0', { timeout: 240_000 }, async () => {
    const [node, args] = binary('tsx', 'test/bench/main.ts', '--short', '--json', '--only', ROWS.join())
    const { code, stdout, output } = await run(node, args, { env: { CHROME_PATH: inject('chromium') } })
    expect(code, output).toBe(0)
    const lines: Record<string, unknown>[] = JSON.parse(stdout)
    for (const line of lines) {
      expect(Object.keys(line)).toEqual(KEYS)
      expect(line.ours, String(line.what)).toEqual(expect.any(Number))
    }
    expect([...new Set(lines.map(({ row }) => row))]).toEqual(ROWS)
  })
})
