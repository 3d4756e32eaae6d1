import { parseUnits } from 'viem'
import { z } from 'zod'
import {
  type OpenGradientChains,
  placeOpenGradientContracts,
} from '../../chains/contracts/opengradient-contracts.ts'
import type { Counters } from '../../counters.ts'
import type { FaultRegistry } from '../../faults.ts'
import type { Rates } from '../../rates.ts'
import type { Words } from '../words.ts'
import { documented, newer } from './deployments.ts'
import { createDocumentedFacilitator } from './documented-facilitator.ts'
import { createEnclaves, type Enclaves } from './enclaves.ts'
import { createNewerFacilitator } from './newer-facilitator.ts'
import { type OpenGradientGateway, startOpenGradientGateway } from './opengradient-gateway.ts'
import type { Session } from './session-book.ts'

export interface OpenGradientOptions {
  chains: OpenGradientChains
  ports: { newer: number; documented: number }
  faults: FaultRegistry
  counters: Counters
  rates: Rates
  words: Words
}

/** Both deployments, with what a test may do to them. */
export interface OpenGradient {
  readonly newer: OpenGradientGateway
  readonly documented: OpenGradientGateway
  readonly enclaves: Enclaves
  /** Body of `POST /opengradient`; throws on a malformed one. Answers with what `GET /opengradient` shows. */
  configure(body: unknown): Promise<unknown>
  /** Settings and sessions of both deployments. */
  describe(): unknown
  /** Body of `POST /registry`: switches an enclave on or off on chain. */
  setEnclave(body: unknown): Promise<unknown>
  close(): Promise<void>
}

/** Places the contracts, registers the enclaves, and starts both deployments. */
export async function startOpenGradient(options: OpenGradientOptions): Promise<OpenGradient> {
  const { chains, ports, ...shared } = options
  await placeOpenGradientContracts(chains)
  const [newerFacilitator, documentedFacilitator, enclaves] = await Promise.all([
    createNewerFacilitator(chains.base),
    createDocumentedFacilitator(chains.baseSepolia),
    createEnclaves(chains.ogRegistry, `http://127.0.0.1:${ports.newer}`),
  ])
  const gateways = await Promise.all([
    startOpenGradientGateway({
      ...{ ...shared, enclaves, deployment: newer, port: ports.newer },
      facilitator: newerFacilitator,
    }),
    startOpenGradientGateway({
      ...{ ...shared, enclaves, deployment: documented, port: ports.documented },
      facilitator: documentedFacilitator,
    }),
  ])
  const describe = () => ({
    newer: describeGateway(gateways[0]),
    documented: describeGateway(gateways[1]),
    enclaves: {
      active: enclaves.active.teeId,
      disabled: enclaves.disabled.teeId,
      unknown: enclaves.unknown.teeId,
    },
  })
  return {
    newer: gateways[0],
    documented: gateways[1],
    enclaves,
    describe,
    async configure(body) {
      await configure(gateways, configureSchema.parse(body))
      return describe()
    },
    async setEnclave(body) {
      const { teeId, active } = enclaveSchema.parse(body)
      await enclaves.setActive(`0x${teeId.slice(2)}`, active)
      return { teeId, active }
    },
    async close() {
      await Promise.all(gateways.map((gateway) => gateway.close()))
    },
  }
}

const decimalOpg = z.string().regex(/^[0-9]+(\.[0-9]{1,18})?$/)

const configureSchema = z
  .object({
    /** Both deployments unless one is named. */
    deployment: z.enum(['newer', 'documented']),
    idleMs: z.number().int().nonnegative(),
    /** OPG as a decimal, "0.5". */
    capOpg: decimalOpg,
    /** OPG as a decimal, "0.00001". */
    pricePerToken: decimalOpg,
    requireXPaymentOnly: z.boolean(),
    settleNow: z.boolean(),
  })
  .partial()
  .strict()

const enclaveSchema = z
  .object({ teeId: z.string().regex(/^0x[0-9a-fA-F]{64}$/), active: z.boolean() })
  .strict()

type Change = z.infer<typeof configureSchema>

async function configure(gateways: readonly [OpenGradientGateway, OpenGradientGateway], change: Change) {
  const [first, second] = gateways
  const named =
    change.deployment === 'newer' ? [first] : change.deployment === 'documented' ? [second] : gateways
  for (const { settings } of named) {
    if (change.idleMs !== undefined) settings.idleMs = change.idleMs
    if (change.capOpg !== undefined) settings.cap = parseUnits(change.capOpg, 18)
    if (change.pricePerToken !== undefined) settings.pricePerToken = parseUnits(change.pricePerToken, 18)
  }
  if (change.requireXPaymentOnly !== undefined)
    second.settings.requireXPaymentOnly = change.requireXPaymentOnly
  if (change.settleNow) await Promise.all(named.map((gateway) => gateway.settleNow()))
}

function describeGateway({ settings, sessions }: OpenGradientGateway) {
  return {
    idleMs: settings.idleMs,
    cap: settings.cap.toString(),
    pricePerToken: settings.pricePerToken.toString(),
    requireXPaymentOnly: settings.requireXPaymentOnly,
    sessions: sessions().map(describeSession),
  }
}

function describeSession({ id, payer, cap, cost, deadline, state }: Session) {
  const end =
    state.kind === 'ended' ? { charged: state.charged.toString(), transaction: state.transaction } : {}
  return { id, payer, cap: cap.toString(), cost: cost.toString(), deadline, state: state.kind, ...end }
}
