import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { originParts } from '../../../src/ui/format/origin.ts'

describe('originParts', () => {
  it.each([
    ['https://example.com', '', 'example.com', '', false],
    ['https://app.shop.example.co.uk', 'app.shop.', 'example.co.uk', '', false],
    ['https://paypal.com.evil.example', 'paypal.com.', 'evil.example', '', false],
    ['https://a.github.io', '', 'a.github.io', '', false],
    ['https://x.a.github.io:8443', 'x.', 'a.github.io', ':8443', false],
    ['http://localhost:4020', 'http://', 'localhost', ':4020', false],
    ['http://127.0.0.1:4020', 'http://', '127.0.0.1', ':4020', false],
    ['http://[::1]:4020', 'http://', '[::1]', ':4020', false],
    ['https://xn--pple-43d.com', '', 'xn--pple-43d.com', '', true],
    ['https://login.xn--pple-43d.com', 'login.', 'xn--pple-43d.com', '', true],
    ['https://github.io', '', 'github.io', '', false],
  ])('splits %s', (origin, before, domain, after, punycode) => {
    expect(originParts(origin)).toEqual({ before, domain, after, punycode })
  })
})
