import type { UiHandler } from './handler.ts'

/** Tries an RPC endpoint: does it answer, and for the right chain? */
export const rpcTest: UiHandler<'rpc.test'> = async ({ chains }, { network, url }) =>
  chains.testEndpoint(network, url)
