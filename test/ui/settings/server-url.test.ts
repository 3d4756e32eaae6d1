import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { droppedOrigins, parseBaseUrl, parseServerUrl } from '../../../src/ui/settings/server-url.ts'

describe('the address of a server', () => {
  it.each([
    ['https://base.example.com', 'https://base.example.com'],
    [' https://base.example.com/v2/key/ ', 'https://base.example.com/v2/key'],
    ['base.example.com:8443/x', 'https://base.example.com:8443/x'],
    ['https://base.example.com/?apikey=1#part', 'https://base.example.com?apikey=1'],
    ['http://127.0.0.1:8545', 'http://127.0.0.1:8545'],
  ])('%s is read as %s', (text, url) => {
    expect(parseServerUrl(text)).toEqual({ kind: 'ok', url })
  })
  it.each([
    '',
    'localnet',
    'https://',
    'ftp://base.example.com',
    'http://base.example.com',
    'javascript:alert(1)',
    'https://name:word@base.example.com',
    'http://127.0.0.1.example.com',
  ])('refuses %s', (text) => expect(parseServerUrl(text).kind).toBe('wrong'))
})

describe('the base address of a gateway', () => {
  it.each([
    ['https://gateway.example.com/v1', 'https://gateway.example.com/v1'],
    ['https://gateway.example.com/v1/chat/completions', 'https://gateway.example.com/v1'],
    ['https://gateway.example.com/v1/completions/', 'https://gateway.example.com/v1'],
    ['https://gateway.example.com/v1?key=1', 'https://gateway.example.com/v1'],
  ])('of %s is %s', (text, url) => {
    expect(parseBaseUrl(text)).toEqual({ kind: 'ok', url })
  })
})

describe('origins that nothing uses any more', () => {
  it('are given back, those in use are not', () => {
    const before = [
      'https://a.example/v1',
      'https://a.example/v2',
      'https://b.example',
      'https://c.example:8443',
    ]
    expect(droppedOrigins(before, ['https://b.example/other', 'https://c.example'])).toEqual([
      'https://a.example',
      'https://c.example:8443',
    ])
  })
})
