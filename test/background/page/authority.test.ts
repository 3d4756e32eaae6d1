import { describe, expect, it } from 'vitest'
import type { PageSender } from '../../../src/background/page/page-port.ts'
import { readAuthority } from '../../../src/background/page/read-authority.ts'
import { makeBackground, senderOf } from '../../page/page-harness.ts'
import { serveRaw } from '../../page/serve-raw.ts'

const FRAME: Partial<PageSender> = { frameId: 3 }

describe('who is calling', () => {
  it.each([
    ['https', senderOf('https://a.example')],
    ['another port', senderOf('https://a.example:8443')],
    ['a trailing dot', senderOf('https://a.example.')],
    ['an IDN, as the browser writes it', senderOf('https://xn--mnchen-3ya.example')],
    ['loopback', senderOf('http://localhost:4020')],
    ['a frame under its own origin', senderOf('https://a.example', FRAME)],
  ])('lets %s in as its very own origin', (_name, sender) => {
    expect(readAuthority(sender)?.origin).toBe(sender.origin)
  })

  it.each([
    ['an opaque origin', { origin: 'null' }],
    ['no origin', { origin: undefined }],
    ['plain http', { origin: 'http://a.example' }],
    ['a file', { origin: 'file://' }],
    ['another extension', { origin: 'chrome-extension://abcdefghijklmnop' }],
    ['data', { origin: 'data:text/html,x' }],
    ['a prerendered document', { documentLifecycle: 'prerender' }],
    ['a cached document', { documentLifecycle: 'cached' }],
    ['a document on its way out', { documentLifecycle: 'pending_deletion' }],
    ['no tab', { tabId: undefined }],
    ['no frame', { frameId: undefined }],
    ['a frame under another origin', { ...FRAME, tabUrl: 'https://b.example/' }],
    ['a frame under another port', { ...FRAME, tabUrl: 'https://a.example:8443/' }],
    ['a frame under plain http', { ...FRAME, tabUrl: 'http://a.example/' }],
    ['a frame under who knows what', { ...FRAME, tabUrl: undefined }],
    ['a frame under about:blank', { ...FRAME, tabUrl: 'about:blank' }],
  ])('refuses %s', (_name, more) => {
    expect(readAuthority(senderOf('https://a.example', more))).toBeNull()
  })

  it('answers a refused one with nothing but a refusal', async () => {
    const { server, inference } = await makeBackground()
    const raw = serveRaw(server, senderOf('null'))
    const call = { id: 1, params: '{}', key: 'k', activations: [], resumeAt: null }
    raw.send({ ...call, method: 'models.list' })
    raw.send({
      ...{ ...call, id: 2, method: 'chat.create' },
      params: JSON.stringify({ body: { model: 'm', messages: [{ role: 'user' }] }, options: {} }),
    })
    await raw.settled()
    expect(raw.replies).toMatchObject([
      { id: 1, fail: { status: 403 } },
      { id: 2, fail: { status: 403 } },
    ])
    expect(inference.asks).toEqual([])
  })
})
