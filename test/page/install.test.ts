import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { BackgroundPort, BridgeRuntime } from '../../src/page/bridge/bridge-runtime.ts'
import { startBridge } from '../../src/page/bridge/start-bridge.ts'
import { watchActivations } from '../../src/page/bridge/watch-activations.ts'
import { installPageApi } from '../../src/page/install-page-api.ts'
import { isEligibleDocument } from '../../src/page/is-eligible-document.ts'
import { ANNOUNCE_EVENT, BRIDGE_EVENT, HANDOVER_EVENT } from '../../src/protocol/page-messages.ts'

/** Node's own MessageEvent cannot be cancelled. */
class PortsEvent extends Event {
  readonly ports: readonly MessagePort[]
  constructor(type: string, init: MessageEventInit) {
    super(type, init)
    this.ports = init.ports ?? []
  }
}

/** As much of a window as both scripts look at before the first call. */
function openWindow(
  facts: { secure?: boolean; origin?: string; parents?: readonly (string | Error)[] } = {},
) {
  const own = Object.assign(new EventTarget(), { origin: facts.origin ?? 'https://a.example', parent: {} })
  let frame: object = own
  for (const of of facts.parents ?? []) {
    const parent: object = {}
    Object.defineProperty(parent, 'origin', {
      get() {
        if (of instanceof Error) throw of
        return of
      },
    })
    Object.assign(frame, { parent })
    frame = parent
  }
  Object.assign(frame, { parent: frame })
  vi.stubGlobal('window', own)
  vi.stubGlobal('origin', own.origin)
  vi.stubGlobal('isSecureContext', facts.secure ?? true)
  vi.stubGlobal('document', {})
  vi.stubGlobal('MessageEvent', PortsEvent)
  return own
}

function makeRuntime() {
  const sent: unknown[] = []
  const port: BackgroundPort = {
    post: (message) => sent.push(message),
    onMessage: () => {},
    onDisconnect: () => {},
    close: () => {},
  }
  const runtime: BridgeRuntime = {
    connect: () => port,
    onReturn: () => {},
    onReadPage: () => {},
    onEvent: () => {},
  }
  return { runtime, sent }
}

const providerOf = (own: object): Record<string, unknown> => Reflect.get(own, 'x402Chat')
const ports: MessagePort[] = []
beforeEach(() => {
  const { MessageChannel: Native } = globalThis
  // An open port would keep the test's process alive.
  vi.stubGlobal(
    'MessageChannel',
    class extends Native {
      constructor() {
        super()
        ports.push(this.port1)
      }
    },
  )
})
afterEach(() => {
  for (const port of ports.splice(0)) port.close()
  vi.unstubAllGlobals()
})

describe('where the page API is', () => {
  it.each([
    ['a secure page', {}, true],
    ['a frame of its own origin', { parents: ['https://a.example'] }, true],
    ['a frame in such a frame', { parents: ['https://a.example', 'https://a.example'] }, true],
    ['an insecure page', { secure: false }, false],
    ['a sandboxed page', { origin: 'null' }, false],
    ['a frame of another origin', { parents: [new Error('SecurityError')] }, false],
    [
      'a frame with another origin between',
      { parents: [new Error('SecurityError'), 'https://a.example'] },
      false,
    ],
    ['a frame under another port', { parents: ['https://a.example:8443'] }, false],
    ['a sandboxed frame in a sandboxed page', { origin: 'null', parents: ['null'] }, false],
  ])('%s', (_name, facts, eligible) => {
    const own = openWindow(facts)
    expect(isEligibleDocument()).toBe(eligible)
    let heard = 0
    own.addEventListener(ANNOUNCE_EVENT, () => heard++)
    installPageApi()
    expect([Object.hasOwn(own, 'x402Chat'), heard]).toEqual([eligible, eligible ? 1 : 0])
  })
})

describe('window.x402Chat', () => {
  it('cannot be changed, replaced or removed, at any depth', () => {
    const own = openWindow()
    installPageApi()
    expect(Object.getOwnPropertyDescriptor(own, 'x402Chat')).toMatchObject({
      ...{ writable: false, configurable: false, enumerable: true },
    })
    const provider = providerOf(own)
    expect(Reflect.set(own, 'x402Chat', {})).toBe(false)
    expect(Reflect.deleteProperty(own, 'x402Chat')).toBe(false)
    expect(Reflect.defineProperty(own, 'x402Chat', { value: 1 })).toBe(false)
    const { chat, models, receipts, clientOptions } = provider
    const deep = [provider, chat, Reflect.get(chat as object, 'completions'), models, receipts, clientOptions]
    for (const part of deep) expect(Object.isFrozen(part)).toBe(true)
    expect(provider).toBeInstanceOf(EventTarget)
  })

  it('leaves alone what somebody put there before, without a word', () => {
    const own = openWindow()
    Object.defineProperty(own, 'x402Chat', { value: 'theirs' })
    installPageApi()
    expect(providerOf(own)).toBe('theirs')
  })

  it('has no member that the contract lacks, and all that it has', async () => {
    const own = openWindow()
    installPageApi()
    const types = await readFile('src/author-kit/x402chat.d.ts', 'utf8')
    const [, body = ''] = /interface X402Chat extends EventTarget \{([\s\S]*?)\n\}/.exec(types) ?? []
    const declared = [...body.matchAll(/^ {2}(?:readonly )?(\w+)[(:<]/gm)].map(([, name]) => name)
    expect(Object.keys(providerOf(own)).toSorted()).toEqual(
      [...new Set(declared)].filter((name) => name !== 'addEventListener').toSorted(),
    )
  })

  it('is found by mipd with the names of its events', async () => {
    const own = openWindow()
    installPageApi()
    const require = createRequire(import.meta.url)
    const file = require.resolve('mipd').replace(/index\.js$/, '')
    const [store, utils] = await Promise.all(
      ['store.js', 'utils.js'].map((name) => readFile(file + name, 'utf8')),
    )
    // The package as it is on the disk, with `eip6963:` read as `x402chat:`.
    const module = { exports: {} as { requestProviders: unknown; createStore: () => MipdStore } }
    const run = (code: string) =>
      new Function('exports', 'require', code)(module.exports, () => module.exports)
    run((utils ?? '').replaceAll('eip6963:', 'x402chat:'))
    run(store ?? '')
    const [found] = module.exports.createStore().getProviders()
    expect(found?.provider).toBe(providerOf(own))
    expect(Object.isFrozen(found) && Object.isFrozen(found?.info)).toBe(true)
    expect(found?.info).toEqual({
      uuid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      name: 'x402 Chat',
      icon: expect.stringMatching(/^data:image\/svg\+xml/),
      rdns: expect.stringMatching(/^[\w-]+(\.[\w-]+)+$/),
    })
  })
})

interface MipdStore {
  getProviders(): readonly { readonly info: object; readonly provider: unknown }[]
}

describe('the handover', () => {
  it.each(['page script first', 'bridge first'])('works with the %s, unseen by the page', async (order) => {
    const own = openWindow()
    const { runtime, sent } = makeRuntime()
    const starts = [installPageApi, () => startBridge(runtime)]
    for (const start of order === 'bridge first' ? starts.toReversed() : starts) start()
    const seen: Event[] = []
    own.addEventListener(HANDOVER_EVENT, (event) => seen.push(event), true)
    own.dispatchEvent(new Event(BRIDGE_EVENT))
    const list = Reflect.get(providerOf(own).models as object, 'list')
    void list()
    await expect.poll(() => sent.length).toBe(1)
    expect(seen).toEqual([])
    expect(sent[0]).toMatchObject({ method: 'models.list', params: '{}', resumeAt: null })
  })

  it('happens once: a page that offers a port of its own is not heard', async () => {
    const own = openWindow()
    const { runtime, sent } = makeRuntime()
    startBridge(runtime)
    installPageApi()
    const { port1, port2 } = new MessageChannel()
    const event = new MessageEvent(HANDOVER_EVENT, { cancelable: true, ports: [port2] })
    expect(own.dispatchEvent(event)).toBe(true)
    port1.postMessage({ id: 1, method: 'models.list', params: '{}' })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(sent).toEqual([])
  })

  it('goes on after the page has replaced what it can of its world', async () => {
    const own = openWindow()
    const { runtime, sent } = makeRuntime()
    startBridge(runtime)
    installPageApi()
    const caught: unknown[] = []
    const spies = [
      vi.spyOn(MessagePort.prototype, 'postMessage').mockImplementation(function (this: MessagePort) {
        caught.push(this)
      }),
      vi.spyOn(JSON, 'stringify').mockReturnValue('{"model":"theirs"}'),
      vi.spyOn(EventTarget.prototype, 'dispatchEvent').mockReturnValue(true),
    ]
    void Reflect.get(providerOf(own).models as object, 'list')()
    for (const spy of spies) spy.mockRestore()
    await expect.poll(() => sent.length).toBe(1)
    expect([caught, sent[0]]).toMatchObject([[], { params: '{}' }])
  })
})

describe('the bridge’s count of clicks', () => {
  function watched() {
    const own = openWindow()
    const listeners = new Map<string, (event: object) => void>()
    own.addEventListener = (type: string, listener: unknown) => {
      listeners.set(type, listener as (event: object) => void)
    }
    const activations = watchActivations()
    vi.useFakeTimers({ toFake: ['performance'] })
    const act = (type: string, facts: object = {}) => listeners.get(type)?.({ isTrusted: true, ...facts })
    return { activations, act, numbers: () => activations.unused().map(([number]) => number) }
  }
  afterEach(() => {
    vi.useRealTimers()
  })

  it('counts trusted clicks and key presses only', () => {
    const { act, numbers } = watched()
    act('click', { isTrusted: false })
    act('keydown', { repeat: true })
    act('keydown', { key: 'Escape' })
    expect(numbers()).toEqual([])
    act('click')
    vi.advanceTimersByTime(1_000)
    act('keydown', { key: 'Enter' })
    expect(numbers()).toEqual([1, 2])
  })

  it('takes a key press and the click that it makes for one', () => {
    const { act, numbers } = watched()
    act('keydown', { key: 'Enter' })
    act('click')
    expect(numbers()).toEqual([1])
  })

  it('says their age, forgets them after 60 s and when they are used', () => {
    const { act, activations, numbers } = watched()
    act('click')
    vi.advanceTimersByTime(30_000)
    act('click')
    expect(activations.unused()).toEqual([
      [1, 30_000],
      [2, 0],
    ])
    activations.use(2)
    expect(numbers()).toEqual([1])
    vi.advanceTimersByTime(30_000)
    expect(numbers()).toEqual([])
  })

  it('keeps the newest few', () => {
    const { act, numbers } = watched()
    for (let index = 0; index < 20; index++) {
      act('click')
      vi.advanceTimersByTime(1_000)
    }
    expect(numbers()).toEqual([13, 14, 15, 16, 17, 18, 19, 20])
  })
})
