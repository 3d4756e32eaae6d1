/** What a page can do to a frame of its own origin before that frame's scripts run. */

/** `forged`: calls that are put on the frame's private channel by hand. */
export interface TamperPlan {
  readonly forged: readonly { readonly id: number; readonly method: string; readonly params: object }[]
  /** How long replies are collected, in ms. */
  readonly waitMs: number
}

/** `tampered` is false where the frame escaped; `replies` is everything that came over its channel. */
export interface TamperResult {
  readonly tampered: boolean
  readonly replies: readonly unknown[]
}

/** Runs in the page: takes the frame's private channel, as only its own origin can, and says over it what it likes. */
export async function tamperWithChild({ forged, waitMs }: TamperPlan): Promise<TamperResult> {
  interface Child extends Window {
    MessageChannel: typeof MessageChannel
    tampered?: boolean
  }
  const frame = document.createElement('iframe')
  frame.src = '/'
  document.body.append(frame)
  const child = frame.contentWindow as unknown as Child
  child.tampered = true
  const ports: MessagePort[] = []
  child.MessageChannel = class extends child.MessageChannel {
    constructor() {
      super()
      ports.push(this.port1)
    }
  }
  await new Promise((done) => frame.addEventListener('load', done, { once: true }))
  const [port] = ports
  const replies: unknown[] = []
  if (!child.tampered || !port) return { tampered: false, replies }
  port.addEventListener('message', ({ data }) => replies.push(data))
  for (const junk of [
    null,
    7,
    'text',
    [],
    {},
    { id: 'x', method: 'fetch' },
    { ui: 'wallet.status', params: {} },
  ])
    port.postMessage(junk)
  const more = { activations: [[1, 0]], key: 'forged', resumeAt: 0, origin: 'https://beta.localhost' }
  for (const { id, method, params } of forged)
    port.postMessage({ id, method, params: JSON.stringify(params), ...more })
  await new Promise((done) => setTimeout(done, waitMs))
  frame.remove()
  return { tampered: true, replies }
}
