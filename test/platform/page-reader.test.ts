import { describe, expect, it } from 'vitest'
import { whyUnread } from '../../src/platform/page-reader.ts'

describe('a page that does not answer', () => {
  it.each([
    ['https://example.com/a', 'needs-reload'],
    ['http://example.com/', 'needs-reload'],
    ['https://example.com/paper.pdf', 'not-readable'],
    ['https://example.com/paper.PDF?page=2', 'not-readable'],
    ['chrome://settings/', 'not-readable'],
    ['file:///tmp/a.html', 'not-readable'],
    [undefined, 'unknown-page'],
  ] as const)('at %s is said to be %s', (url, kind) => {
    expect(whyUnread(url)).toBe(kind)
  })
})
