import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { parseUnits } from 'viem'
import type { Counters } from '../../counters.ts'
import type { FaultRegistry } from '../../faults.ts'
import type { Rates } from '../../rates.ts'
import { type LabRequest, type LabServer, sendJson, startServer } from '../http-server.ts'
import type { Words } from '../words.ts'
import type { Deployment } from './deployments.ts'
import type { Enclaves } from './enclaves.ts'
import type { GatewayContext, GatewaySettings } from './gateway-context.ts'
import { serveInference } from './serve-inference.ts'
import { createSessionBook, type Session } from './session-book.ts'
import { createSettler } from './settler.ts'
import type { UptoFacilitator } from './upto-facilitator.ts'

/** Seconds before a signed deadline at which a session is settled, as in the gateway's middleware. */
const MARGIN_SECONDS = 60

const inferencePaths: readonly string[] = ['/v1/chat/completions', '/v1/completions']

export interface OpenGradientGatewayOptions {
  deployment: Deployment
  port: number
  facilitator: UptoFacilitator
  enclaves: Enclaves
  faults: FaultRegistry
  counters: Counters
  rates: Rates
  words: Words
}

/** One running deployment of the emulated gateway. */
export interface OpenGradientGateway {
  readonly deployment: Deployment
  readonly url: string
  readonly settings: GatewaySettings
  sessions(): Session[]
  /** Settles every session that something was drawn from, at once; resolves when all are on chain. */
  settleNow(): Promise<void>
  close(): Promise<void>
}

/** Starts one deployment on the port. */
export async function startOpenGradientGateway(
  options: OpenGradientGatewayOptions,
): Promise<OpenGradientGateway> {
  const { deployment } = options
  const closing = new AbortController()
  let server: LabServer | null = null
  const settings: GatewaySettings = {
    idleMs: 60_000,
    cap: deployment.cap,
    pricePerToken: parseUnits('0.00001', 18),
    requireXPaymentOnly: false,
  }
  const terms = () => ({ ...deployment, cap: settings.cap })
  const counters = options.counters.of(deployment.name)
  const book = createSessionBook({
    nowMs: Date.now,
    newId: randomUUID,
    idleMs: () => settings.idleMs,
    marginSeconds: MARGIN_SECONDS,
  })
  const settler = createSettler({ book, facilitator: options.facilitator, counters, terms })
  const context: GatewayContext = {
    ...{ terms, settings, counters, book, settler },
    faults: options.faults.of(deployment.name),
    facilitator: options.facilitator,
    enclaves: options.enclaves,
    rate: options.rates.of(deployment.name),
    words: options.words,
    closing: closing.signal,
    baseUrl: () => server?.url ?? '',
  }
  server = await startServer({
    port: options.port,
    maxBodyBytes: 4 * 2 ** 20,
    exposedHeaders: [
      'PAYMENT-REQUIRED',
      'X-Upto-Session',
      'X-Settlement-Tx-Hash',
      'X-Settlement-Walrus-Blob-ID',
      'X-Settlement-Job-ID',
    ],
    handle: (request, response) => handle(context, request, response),
  })
  const { url, close } = server
  return {
    ...{ deployment, url, settings },
    sessions: () => book.all(),
    settleNow: () => settler.settleAll(),
    async close() {
      settler.stop()
      closing.abort()
      await close()
    },
  }
}

async function handle(context: GatewayContext, request: LabRequest, response: ServerResponse): Promise<void> {
  const { pathname } = request.url
  if (request.method === 'POST' && inferencePaths.includes(pathname)) {
    return serveInference(context, request, response)
  }
  if (pathname === '/signing-key') return sendJson(response, 200, signingKey(context.enclaves))
  if (pathname === '/health')
    return sendJson(response, 200, { status: 'OK', version: '1.0.0', tee_enabled: true })
  const problem = {
    detail: 'The requested URL was not found on the server.',
    status: 404,
    title: 'Not Found',
  }
  sendJson(response, 404, problem, { 'content-type': 'application/problem+json' })
}

/** The enclave's own word about its key. */
function signingKey({ serving }: Enclaves) {
  return {
    public_key: serving.publicKeyPem,
    tee_id: serving.teeId,
    timestamp: new Date().toISOString(),
    enclave_info: { platform: 'aws-nitro', instance_type: 'tee-enabled', version: '1.0.0' },
    measurements: null,
  }
}
