import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)
const text = readFileSync(new URL('docs/GATEWAYS.md', root), 'utf8')

/** Rows of the form "| … | `test/….test.ts` › title |". */
const rows = [...text.matchAll(/`(test\/[^`]+\.test\.ts)` › ([^|;\n]+)/g)].map(
  ([, file = '', title = '']) => ({
    file,
    title: title.trim(),
  }),
)

/** What the services' own documentation and code list about their wire, by our heading. */
const SOURCE_ROWS: Readonly<Record<string, readonly string[]>> = {
  'Ambient JumpGate': ['paid chat', 'quote', 'legacy v1', 'networks and USDC', 'models', 'receipt'],
  'Its stream': [
    ...['text', 'reasoning', 'usage and `merkle_root`', 'verification false', 'verification never'],
    ...['lifecycle', 'end', 'error'],
  ],
  OpenGradient: [
    ...['base URL', 'network', 'token', 'scheme', 'Permit2 spender', 'Permit2 witness', '`extra` in the 402'],
    ...['amount', 'payment header', 'model ids', 'maxTimeoutSeconds', 'why individual', 'settlement modes'],
    ...['allowance', 'session', 'end of a session', 'answer', "settlement's reference", 'mid-stream failure'],
  ],
  "The enclave's proof": ['canonical request', "Python's JSON", 'verified', 'unconfirmed', 'failed', 'none'],
  'Any OpenAI-shaped seller': ['base URL', 'probe', 'request', 'answer', 'x402 v1'],
}

describe('docs/GATEWAYS.md', () => {
  it('names a test for its rows', () => {
    expect(rows.length).toBeGreaterThan(40)
  })

  it.each(Object.entries(SOURCE_ROWS))('lists every row of the source: %s', (heading, names) => {
    const from = text.indexOf(`## ${heading}\n`)
    expect(from).toBeGreaterThan(-1)
    const section = text.slice(from).split(/\n##+ /)[0] ?? ''
    const listed = section.split('\n').flatMap((line) => /^\| ([^|]+) \|.*`test\//.exec(line)?.[1] ?? [])
    expect(listed).toEqual(expect.arrayContaining([...names]))
  })

  it.each(rows)('names a test that exists: $file › $title', ({ file, title }) => {
    const source = readFileSync(new URL(file, root), 'utf8')
    expect(source).toContain(title)
  })
})
