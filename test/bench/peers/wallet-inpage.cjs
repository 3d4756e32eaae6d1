/** What a wallet injects, as @metamask/providers documents it; CommonJS, as MetaMask's own build bundles it. */
const { WindowPostMessageStream } = require('@metamask/post-message-stream')
const { initializeProvider } = require('@metamask/providers')

initializeProvider({
  connectionStream: new WindowPostMessageStream({
    name: 'metamask-inpage',
    target: 'metamask-contentscript',
  }),
  shouldShimWeb3: true,
})
