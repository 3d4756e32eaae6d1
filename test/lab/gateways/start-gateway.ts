/** A gateway's server with its state, and an end that cancels what it had still to do. */
import type { ServerResponse } from 'node:http'
import { createAmendments } from './amendments.ts'
import { StreamEnded } from './event-stream.ts'
import type { GatewayDeps, GatewayState } from './exchange.ts'
import { type LabRequest, type LabServer, startServer } from './http-server.ts'

export type { GatewayDeps } from './exchange.ts'

export interface GatewayOptions {
  port: number
  exposedHeaders: readonly string[]
  handle(state: GatewayState, request: LabRequest, response: ServerResponse): Promise<void>
}

/** Starts a gateway's server; a stream that a fault or the client ended is no error. */
export async function startGateway(deps: GatewayDeps, options: GatewayOptions): Promise<LabServer> {
  const closing = new AbortController()
  const state: GatewayState = { ...deps, amendments: createAmendments(), closing: closing.signal }
  const server = await startServer({
    port: options.port,
    exposedHeaders: options.exposedHeaders,
    async handle(request, response) {
      try {
        await options.handle(state, request, response)
      } catch (error) {
        if (!(error instanceof StreamEnded)) throw error
      }
    },
  })
  return {
    ...server,
    close() {
      closing.abort()
      return server.close()
    },
  }
}
