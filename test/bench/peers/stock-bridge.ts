/** Carries a page's call to the worker and its words back. */
addEventListener('stock-call', (event) => {
  const port = chrome.runtime.connect()
  port.onMessage.addListener((text: string | null) => {
    dispatchEvent(new CustomEvent('stock-text', { detail: text }))
    if (text === null) port.disconnect()
  })
  port.postMessage(JSON.parse(String((event as CustomEvent).detail)))
})
