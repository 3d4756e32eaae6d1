/** What the tampered built-ins saw. */
export interface TamperedCall {
  /** Channels during the call. */
  readonly ports: number
  /** Whether they would have: the page's own channel was seen. */
  readonly sees: boolean
  /** Null where the page broke its own call. */
  readonly text: string | null
}

/** Runs in the page: replaces what a script could reach a channel through, then calls. */
export async function tamperBuiltIns(question: string): Promise<TamperedCall> {
  const seen = new Set<unknown>()
  const Port = MessagePort
  const Channel = MessageChannel
  const { hasOwn, entries, getOwnPropertyDescriptor, defineProperty } = Object
  const note = (values: readonly unknown[]) => {
    for (let index = 0; index < values.length; index += 1)
      if (values[index] instanceof Port) seen.add(values[index])
  }
  const { apply } = Reflect
  function wrap(owner: object, name: string): void {
    const descriptor = getOwnPropertyDescriptor(owner, name)
    for (const key of ['value', 'get', 'set'] as const) {
      const native = descriptor?.[key]
      if (typeof native !== 'function' || !descriptor?.configurable) continue
      defineProperty(owner, name, {
        ...descriptor,
        [key]: function wrapped(this: unknown, ...values: unknown[]) {
          note([this, ...values])
          return apply(native, this, values)
        },
      })
    }
  }
  const owners: readonly (readonly [object, readonly string[]])[] = [
    [MessagePort.prototype, ['postMessage', 'start', 'close', 'onmessage']],
    [EventTarget.prototype, ['addEventListener', 'dispatchEvent', 'removeEventListener']],
    [MessageEvent.prototype, ['data', 'ports', 'source']],
    [Event.prototype, ['target', 'currentTarget', 'composedPath']],
    [Function.prototype, ['call', 'apply', 'bind']],
    [JSON, ['parse', 'stringify']],
    [Object, ['freeze', 'defineProperty', 'assign']],
    [Array.prototype, ['push', 'shift', 'slice']],
    [Promise.prototype, ['then', 'catch']],
    [AbortController.prototype, ['abort', 'signal']],
    [String.prototype, ['slice', 'startsWith']],
    [crypto, ['randomUUID']],
  ]
  for (const [owner, names] of owners) for (const name of names) wrap(owner, name)
  for (const [name, value] of entries({ MessageChannel, MessagePort, Response, Request, ReadableStream }))
    Reflect.set(window, name, class extends (value as new () => object) {})
  for (const [name, value] of entries({ activations: [[1, 0]], ui: 'wallet.status', principal: 'panel' }))
    if (!hasOwn(Object.prototype, name))
      defineProperty(Object.prototype, name, { value, configurable: true, enumerable: true })

  interface Completion {
    choices: { message: { content: string } }[]
  }
  interface Api {
    chat: { completions: { create(body: unknown): Promise<Completion> } }
  }
  const { create } = (window as unknown as { x402Chat: Api }).x402Chat.chat.completions
  const messages = [{ role: 'user', content: question }]
  const text = await create({ model: 'ambient/large', messages }).then(
    ({ choices }) => choices[0]?.message.content ?? null,
    () => null,
  )
  const ports = seen.size
  new Channel().port1.postMessage('own')
  return { ports, sees: seen.size > ports, text }
}
