/** The names of what `sendHostileBodies` sends. */
export const HOSTILE_BODIES = [
  ...[
    'cyclic',
    'bottomless',
    'deep',
    'huge',
    'wide',
    'bigint',
    'symbol',
    'function',
    'throwing',
    'throwing toJSON',
  ],
  ...['lying toJSON', 'revoked proxy', 'endless proxy', 'sparse', 'typed array', 'nothing'],
] as const

/** Runs in the page: how the call with each body ended. */
export async function sendHostileBodies(): Promise<Record<string, string>> {
  const messages = [{ role: 'user', content: 'Hi' }]
  const around = (more: object) => ({ model: 'ambient/large', messages, ...more })
  const cyclic: Record<string, unknown> = around({})
  cyclic.self = cyclic
  const bottomless: object = {
    get more() {
      return bottomless
    },
  }
  let deep: unknown = 1
  for (let level = 0; level < 5_000; level += 1) deep = [deep]
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  const endless: object = new Proxy(
    {},
    {
      ownKeys: () => ['more'],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
      get: (_, key) => (key === 'more' ? endless : undefined),
    },
  )
  const bodies: Record<string, () => unknown> = {
    cyclic: () => cyclic,
    bottomless: () => around({ tools: [bottomless] }),
    deep: () => around({ tools: [{ deep }] }),
    huge: () => around({ user: 'x'.repeat(40 * 1024 * 1024) }),
    wide: () => around({ tools: Array.from({ length: 300_000 }, () => ({})) }),
    bigint: () => around({ seed: 1n }),
    symbol: () => Symbol('body'),
    function: () => () => 1,
    throwing: () => ({
      get model() {
        throw new Error('mine')
      },
    }),
    'throwing toJSON': () =>
      around({
        toJSON() {
          throw new Error('mine')
        },
      }),
    'lying toJSON': () => around({ toJSON: () => ({ method: 'wallet.status', ui: 'wallet.status' }) }),
    'revoked proxy': () => proxy,
    'endless proxy': () => around({ tools: [endless] }),
    sparse: () => around({ messages: Object.assign([], { length: 100_000 }) }),
    'typed array': () => new Uint8Array(1024),
    nothing: () => undefined,
  }
  interface Api {
    chat: { completions: { create(body: unknown): Promise<unknown> } }
  }
  const { create } = (window as unknown as { x402Chat: Api }).x402Chat.chat.completions
  const ends: Record<string, string> = {}
  for (const [name, make] of Object.entries(bodies)) {
    ends[name] = await Promise.resolve()
      .then(() => create(make()))
      .then(
        () => 'answer',
        (error: { type?: string }) => error.type ?? String(error),
      )
    // No more than twenty in a second.
    await new Promise((done) => setTimeout(done, 60))
  }
  return ends
}
