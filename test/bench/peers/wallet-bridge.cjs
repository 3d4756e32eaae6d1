/** The other end of the injected provider: carries its streams to the wallet's background. */
const ObjectMultiplex = require('@metamask/object-multiplex')
const { WindowPostMessageStream } = require('@metamask/post-message-stream')
const { PortStream } = require('extension-port-stream')

const page = new ObjectMultiplex()
page.setMaxListeners(25)
const pageStream = new WindowPostMessageStream({ name: 'metamask-contentscript', target: 'metamask-inpage' })
pageStream.pipe(page).pipe(pageStream)

const background = new ObjectMultiplex()
background.setMaxListeners(25)
const portStream = new PortStream(chrome.runtime.connect({ name: 'metamask-contentscript' }))
portStream.pipe(background).pipe(portStream)

const pageChannel = page.createStream('metamask-provider')
pageChannel.pipe(background.createStream('metamask-provider')).pipe(pageChannel)
