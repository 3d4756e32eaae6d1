/** The control port: what a test asks of the lab while it runs. */
import type { ServerResponse } from 'node:http'
import { ZodError } from 'zod'
import type { Chain } from './chains/chain.ts'
import type { RpcMode } from './chains/rpc-proxy.ts'
import type { Counters } from './counters.ts'
import { FAULTS, isFaultName } from './fault-names.ts'
import { type FaultRegistry, isStage } from './faults.ts'
import { type LabRequest, type LabServer, sendJson, startServer } from './gateways/http-server.ts'
import type { OpenGradient } from './gateways/opengradient/start-opengradient.ts'
import type { Rates } from './rates.ts'

/** An RPC endpoint whose truthfulness can be switched. */
export interface SwitchableRpc {
  setMode(mode: RpcMode): void
  counters(): Record<string, number>
  resetCounters(): void
}

export interface ControlDeps {
  faults: FaultRegistry
  counters: Counters
  rates: Rates
  chains: readonly Chain[]
  rpcs: Readonly<Record<string, SwitchableRpc>>
  openGradient: OpenGradient
  /** The lab's own description, as printed on start. */
  info(): unknown
}

/** Thrown for a request that cannot be done; answered with 400 and its words. */
class BadRequest extends Error {
  override name = 'BadRequest'
}

/** As the lab names them; see lab.ts. */
const GATEWAYS = ['jumpgate', 'opengradient', 'opengradientDocumented', 'seller', 'stockSeller']

type Handler = (input: Record<string, unknown>, deps: ControlDeps) => unknown

/** Starts the control server on the port. */
export function startControl(port: number, deps: ControlDeps): Promise<LabServer> {
  return startServer({
    port,
    async handle(request, response) {
      const handler = routes[`${request.method} ${request.url.pathname}`]
      if (!handler) return sendJson(response, 404, { error: 'no such control', routes: Object.keys(routes) })
      await answer(response, async () => handler(readInput(request), deps))
    },
  })
}

const routes: Readonly<Record<string, Handler>> = {
  'GET /info': (_, { info }) => info(),
  'GET /faults': (_, { faults }) => faults.list(),
  'GET /faults/known': () => FAULTS,
  'POST /faults': (input, { faults }) => {
    const gateway = text(input, 'gateway')
    if (!GATEWAYS.includes(gateway))
      throw new BadRequest(`no gateway "${gateway}"; there are: ${GATEWAYS.join(', ')}`)
    const fault = text(input, 'fault')
    if (!isFaultName(fault)) throw new BadRequest(`no fault "${fault}"; GET /faults/known lists them`)
    const count = input.count === undefined ? 1 : whole(input, 'count')
    if (count < 1) throw new BadRequest('"count" is not 1 or more')
    const stage = input.stage === undefined ? 'any' : text(input, 'stage')
    if (!isStage(stage)) throw new BadRequest(`no stage "${stage}"`)
    faults.add({ ...input, gateway, fault, count, stage })
    return faults.list()
  },
  'DELETE /faults': (input, { faults }) => {
    faults.clear(input.gateway === undefined ? undefined : text(input, 'gateway'))
    return faults.list()
  },
  'GET /counters': (_, { counters, rpcs }) => ({
    ...counters.all(),
    rpc: Object.fromEntries(Object.entries(rpcs).map(([name, rpc]) => [name, rpc.counters()])),
  }),
  'DELETE /counters': (_, { counters, rpcs }) => {
    counters.clear()
    for (const rpc of Object.values(rpcs)) rpc.resetCounters()
    return {}
  },
  'POST /rate': (input, { rates }) => {
    const gateway = text(input, 'gateway')
    if (input.tokensPerSecond !== undefined)
      rates.set(gateway, { tokensPerSecond: amount(input, 'tokensPerSecond') })
    if (input.delayMs !== undefined) rates.set(gateway, { delayMs: amount(input, 'delayMs') })
    return rates.of(gateway)
  },
  'POST /rpc': (input, { rpcs }) => {
    const rpc = rpcs[text(input, 'name')]
    if (!rpc) throw new BadRequest(`no RPC of that name; there are: ${Object.keys(rpcs).join(', ')}`)
    const mode = text(input, 'mode')
    if (mode !== 'ok' && mode !== 'dead' && mode !== 'lying') throw new BadRequest(`no mode "${mode}"`)
    rpc.setMode(mode)
    return { mode }
  },
  'POST /warp': async (input, deps) => {
    const chain = requireChain(input, deps)
    await chain.warp(whole(input, 'seconds'))
    return { now: await chain.now() }
  },
  'POST /fund': async (input, deps) => {
    const chain = requireChain(input, deps)
    const owner = text(input, 'owner')
    const asset = text(input, 'asset')
    await chain.fund(owner, asset, BigInt(text(input, 'amount')))
    return { balance: String(await chain.balanceOf(owner, asset)) }
  },
  'GET /balance': async (input, deps) => {
    const chain = requireChain(input, deps)
    return { balance: String(await chain.balanceOf(text(input, 'owner'), text(input, 'asset'))) }
  },
  'GET /opengradient': (_, { openGradient }) => openGradient.describe(),
  'POST /opengradient': (input, { openGradient }) => openGradient.configure(input),
  'POST /registry': (input, { openGradient }) => openGradient.setEnclave(input),
  'GET /now': async (input, deps) => ({ now: await requireChain(input, deps).now() }),
}

async function answer(response: ServerResponse, work: () => Promise<unknown>): Promise<void> {
  try {
    sendJson(response, 200, await work())
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    sendJson(response, isCallersFault(error) ? 400 : 500, { error: message })
  }
}

function isCallersFault(error: unknown): boolean {
  return error instanceof BadRequest || error instanceof SyntaxError || error instanceof ZodError
}

function readInput({ url, body }: LabRequest): Record<string, unknown> {
  const query = Object.fromEntries(url.searchParams)
  if (body.length === 0) return query
  const value: unknown = JSON.parse(body.toString('utf8'))
  if (typeof value !== 'object' || value === null) throw new BadRequest('the body is not an object')
  return { ...query, ...value }
}

function requireChain(input: Record<string, unknown>, { chains }: ControlDeps): Chain {
  const network = text(input, 'network')
  const chain = chains.find((one) => one.network === network)
  if (!chain)
    throw new BadRequest(`no chain ${network}; there are: ${chains.map((one) => one.network).join(', ')}`)
  return chain
}

function text(input: Record<string, unknown>, key: string): string {
  const value = input[key]
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'number') return String(value)
  throw new BadRequest(`"${key}" is missing`)
}

function amount(input: Record<string, unknown>, key: string): number {
  const value = Number(input[key])
  if (!Number.isFinite(value) || value < 0) throw new BadRequest(`"${key}" is not a number of 0 or more`)
  return value
}

function whole(input: Record<string, unknown>, key: string): number {
  const value = amount(input, key)
  if (!Number.isInteger(value)) throw new BadRequest(`"${key}" is not a whole number`)
  return value
}
