/** What came of everything that a page can send without the API. */
export interface Forged {
  /** Whether somebody took a channel that the page offered. */
  readonly taken: boolean
  /** How many channels the page was given. */
  readonly handedOver: number
  /** What came over the page's own channel, or was posted to its window by another. */
  readonly heard: readonly unknown[]
  /** Whether the page can send to an extension. */
  readonly runtime: boolean
  /** Which files of the extension it could read or frame. */
  readonly reached: readonly string[]
}

/** Runs in the page. */
export async function forgeMessages(extensionId: string): Promise<Forged> {
  const heard: unknown[] = []
  const listen = (event: MessageEvent) => {
    if (!(event.data as { mine?: boolean } | null)?.mine) heard.push(event.data)
  }
  window.addEventListener('message', listen)
  let handedOver = 0
  window.addEventListener('x402chat:handover', (event) => {
    if ((event as MessageEvent).ports.length > 0 && !(event as MessageEvent & { mine?: boolean }).mine)
      handedOver += 1
  })
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data }) => heard.push(data)
  const offer = new MessageEvent('x402chat:handover', { cancelable: true, ports: [port2] })
  Reflect.set(offer, 'mine', true)
  const taken = !window.dispatchEvent(offer)
  window.dispatchEvent(new Event('x402chat:bridge'))

  const call = {
    id: 1,
    method: 'chat.create',
    params: '{}',
    key: 'forged',
    activations: [[1, 0]],
    resumeAt: null,
  }
  const shapes: object[] = [
    call,
    { ...call, method: 'wallet.status' },
    { ui: 'wallet.status', params: {} },
    { id: 1, done: true },
    { id: 1, head: { status: 200, headers: {}, stream: true } },
    { event: 'budgetchange', detail: { budget: null } },
    { readPage: 'page' },
  ]
  for (const shape of shapes) {
    port1.postMessage(shape)
    window.postMessage({ ...shape, mine: true })
    window.dispatchEvent(new MessageEvent('message', { data: { ...shape, mine: true } }))
    for (const type of ['x402chat:page', 'x402chat:handover', 'x402chat:bridge']) {
      const event = new CustomEvent(type, { detail: shape })
      Reflect.set(event, 'mine', true)
      window.dispatchEvent(event)
      document.dispatchEvent(new CustomEvent(type, { detail: shape }))
    }
  }

  const { chrome } = window as unknown as {
    chrome?: { runtime?: { connect?: unknown; sendMessage?: unknown } }
  }
  const reached: string[] = []
  for (const file of ['manifest.json', 'approval.html', 'popup.html', 'page-api.js', 'bridge.js']) {
    const url = `chrome-extension://${extensionId}/${file}`
    await fetch(url).then(
      () => reached.push(file),
      () => undefined,
    )
  }
  await new Promise((done) => setTimeout(done, 1000))
  return {
    taken,
    handedOver,
    heard,
    runtime: Boolean(chrome?.runtime?.connect ?? chrome?.runtime?.sendMessage),
    reached,
  }
}
