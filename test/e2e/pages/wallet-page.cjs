/** Another wallet's provider in a page, with the answering end of its stream beside it. */
const { WindowPostMessageStream } = require('@metamask/post-message-stream')
const { initializeProvider } = require('@metamask/providers')

const ANSWERS = {
  metamask_getProviderState: { accounts: [], chainId: '0x1', isUnlocked: true, networkVersion: '1' },
  metamask_sendDomainMetadata: true,
  eth_requestAccounts: ['0x52908400098527886E0F7030069857D2E4169EE7'],
  eth_blockNumber: '0x10',
  eth_chainId: '0x1',
}

const wire = new WindowPostMessageStream({ name: 'metamask-contentscript', target: 'metamask-inpage' })
wire.on('data', ({ id, method }) => {
  const outcome =
    method in ANSWERS
      ? { result: ANSWERS[method] }
      : { error: { code: -32601, message: `no method ${method}` } }
  wire.write({ id, jsonrpc: '2.0', ...outcome })
})

initializeProvider({
  connectionStream: new WindowPostMessageStream({
    name: 'metamask-inpage',
    target: 'metamask-contentscript',
  }),
  providerInfo: {
    uuid: '350670db-19fa-4704-a166-e52e178b59d2',
    name: 'Another wallet',
    icon: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>',
    rdns: 'test.another.wallet',
  },
})
