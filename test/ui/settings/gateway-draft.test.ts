import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { UiError } from '../../../src/protocol/ui-client.ts'
import {
  type GatewayDraft,
  gatewayDraftOf,
  NEW_GATEWAY,
  parseGatewayDraft,
  parseHeaderLines,
} from '../../../src/ui/settings/gateway-draft.ts'
import { gatewayFieldErrors, probeFailure } from '../../../src/ui/settings/gateway-failure.ts'
import { makeGateways } from '../samples.ts'

function draft(part: Partial<GatewayDraft> = {}): GatewayDraft {
  return { ...NEW_GATEWAY, name: 'Mine', url: 'https://g.example/v1', modelLines: 'llama-4', ...part }
}

describe('a gateway draft', () => {
  it('lists each model once, without empty lines', () => {
    expect(parseGatewayDraft(draft({ modelLines: ' a \n\nb\na\n' }))).toMatchObject({
      gateway: { models: ['a', 'b'] },
    })
  })
  it('keeps stored header values by leaving them empty, and overwrites those given anew', () => {
    const parsed = parseGatewayDraft(
      draft({ keptHeaders: ['x-one', 'x-two'], headerLines: 'x-two: new\nX-Three: 3' }),
    )
    expect(parsed).toMatchObject({
      gateway: { extraHeaders: { 'x-one': '', 'x-two': 'new', 'X-Three': '3' } },
    })
  })
  it('names every field that is wrong', () => {
    expect(
      parseGatewayDraft(draft({ name: ' ', url: 'http://g.example', modelLines: '\n', headerLines: 'x' })),
    ).toEqual({
      kind: 'wrong',
      errors: {
        name: expect.any(String),
        url: expect.any(String),
        modelLines: expect.any(String),
        headerLines: expect.any(String),
      },
    })
  })
  it('starts from a gateway without any header value', () => {
    const own = makeGateways().find(({ builtIn }) => !builtIn)
    if (!own) throw new Error('No own gateway among the samples')
    expect(gatewayDraftOf(own)).toEqual({
      kind: 'openai-compatible',
      name: 'My gateway',
      url: 'https://gateway.example.com/v1',
      modelLines: 'llama-4',
      keptHeaders: ['X-Request-ID'],
      headerLines: '',
    })
  })
})

describe('header lines', () => {
  it.each(['novalue', 'a b: c', ': c', 'x:', 'x: é', `${'x'.repeat(81)}: 1`])('refuse %s', (line) => {
    expect(parseHeaderLines(line).kind).toBe('wrong')
  })
  it('take colons in values', () => {
    expect(parseHeaderLines('Authorization: Basic a:b')).toEqual({
      kind: 'ok',
      headers: { Authorization: 'Basic a:b' },
    })
  })
})

describe('what the background refused', () => {
  it('stands at the header that is reserved', () => {
    const error = new UiError('invalid-body', { field: 'extraHeaders', line: 'cookie: 1' })
    expect(gatewayFieldErrors(error)?.headerLines).toContain('cookie: 1')
  })
  it('stands at the address', () => {
    expect(gatewayFieldErrors(new UiError('invalid-body', { field: 'baseUrl' }))).toEqual({
      url: expect.any(String),
    })
    expect(gatewayFieldErrors(new UiError('ledger-failed'))).toBeNull()
  })
  it('names the status where a service asked for no payment', () => {
    expect(probeFailure(new UiError('offer-malformed', { status: '404' })).what).toContain('404')
    expect(probeFailure(new UiError('gateway-unreachable')).what).toMatch(/cannot be reached/)
  })
})
