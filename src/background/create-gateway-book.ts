import { formatAtomic } from '../domain/amount.ts'
import type { Currency } from '../domain/currency.ts'
import { ChatError } from '../domain/errors.ts'
import { TEST_GATEWAY } from '../gateways/built-in-gateways.ts'
import type { Gateway, GatewayConfig, ModelInfo } from '../gateways/gateway.ts'
import { parseBaseUrl } from '../gateways/openai-compatible/base-url.ts'
import type { OfferSet } from '../payment/offer.ts'
import type { UiParams } from '../protocol/ui-protocol.ts'
import type { GatewayView, ModelView, ProbeView } from '../protocol/ui-views.ts'
import { createCatalogueBook } from './catalogue-book.ts'
import type { GatewayBook } from './gateway-book.ts'
import type { StoredGateways } from './stored-gateways.ts'

export interface GatewayBookDeps {
  readonly store: { get(): Promise<StoredGateways>; set(value: StoredGateways): Promise<void> }
  readonly builtIns: readonly GatewayConfig[]
  readonly createGateway: (config: GatewayConfig) => Gateway
  readonly send: (request: NonNullable<ReturnType<Gateway['catalogueRequest']>>) => Promise<Response>
  /** A model list's body, bounded. */
  readonly readCatalogue: (response: Response) => Promise<string>
  readonly parseOffers: (response: Response) => Promise<OfferSet>
  /** A lab build also takes loopback http. */
  readonly allowLoopback: boolean
  readonly clock: { nowMs(): number }
  readonly newId: () => string
}

export function createGatewayBook(deps: GatewayBookDeps): GatewayBook {
  let updates: Promise<void> = Promise.resolve()

  /** One change after the other, each on what the one before left: a list that comes in beside a new gateway loses neither. */
  function update(change: (stored: StoredGateways) => StoredGateways): Promise<void> {
    const done = updates.then(async () => {
      const stored = await deps.store.get()
      const changed = change(stored)
      if (changed !== stored) await deps.store.set(changed)
    })
    updates = done.catch(() => undefined)
    return done
  }

  const catalogues = createCatalogueBook({
    read: deps.store.get,
    update,
    send: deps.send,
    readBody: deps.readCatalogue,
    clock: deps.clock,
  })

  async function configs(): Promise<readonly GatewayConfig[]> {
    const stored = await deps.store.get()
    const shipped = deps.builtIns.map((config) => ({
      ...config,
      baseUrl: stored.baseUrls[config.id] ?? config.baseUrl,
      enabled: !stored.disabledBuiltIns.includes(config.id),
    }))
    return [...shipped, ...stored.own.map(ownConfig)]
  }

  async function all(): Promise<readonly Gateway[]> {
    return (await configs()).map(deps.createGateway)
  }

  async function models(): Promise<readonly ModelInfo[]> {
    const gateways = (await all()).filter(({ config }) => config.enabled)
    const lists = await Promise.all(gateways.map(catalogues.modelsOf))
    return lists.flat()
  }

  async function save(input: UiParams<'gateways.save'>['gateway']): Promise<void> {
    const baseUrl = parseBaseUrl(input.baseUrl, deps)
    const { kind, name, extraHeaders, models: modelIds } = input
    const id = input.id ?? `own-${deps.newId().slice(0, 8)}`
    await update((stored) => {
      // Another address has another list.
      const { [id]: _, ...catalogues } = stored.catalogues
      if (deps.builtIns.some((config) => config.id === id))
        return { ...stored, catalogues, baseUrls: { ...stored.baseUrls, [id]: baseUrl } }
      const config = { id, kind, name, baseUrl, extraHeaders, models: modelIds, enabled: true }
      return { ...stored, catalogues, own: [...stored.own.filter((gateway) => gateway.id !== id), config] }
    })
  }

  async function probe(params: UiParams<'gateways.probe'>): Promise<ProbeView> {
    const config = ownConfig({
      ...{ id: 'probe', kind: params.kind, name: 'probe', enabled: true },
      baseUrl: parseBaseUrl(params.baseUrl, deps),
      extraHeaders: params.extraHeaders,
      models: [params.model],
    })
    const gateway = deps.createGateway(config)
    const call = gateway.prepare(
      { model: params.model, messages: [{ role: 'user', content: 'ping' }], max_tokens: 1 },
      { defaultMaxTokens: 1, settlement: null },
    )
    const response = await deps.send(gateway.paidRequest(call, null))
    if (response.status !== 402) throw new ChatError('offer-malformed', { status: String(response.status) })
    const { offers, skipped } = await deps.parseOffers(response)
    return {
      offers: offers.map(({ asset, amount, payTo }) => ({
        ...{ network: asset.network, currency: asset.currency, payTo },
        amount: formatAtomic(amount),
      })),
      skipped,
      streams: null,
    }
  }

  return {
    all,
    models,
    configs,
    names: async () => new Map((await configs()).map(({ id, name }) => [id, name])),
    async modelViews() {
      const [list, gateways] = await Promise.all([models(), all()])
      return list.map((info) => modelView(info, list, gateways))
    },
    probe,
    save,
    setEnabled: (id, enabled) =>
      update((stored) => {
        const disabledBuiltIns = stored.disabledBuiltIns.filter((known) => known !== id)
        if (!enabled && deps.builtIns.some((config) => config.id === id)) disabledBuiltIns.push(id)
        const own = stored.own.map((gateway) => (gateway.id === id ? { ...gateway, enabled } : gateway))
        return { ...stored, own, disabledBuiltIns }
      }),
    remove: (id) =>
      update((stored) => {
        const { [id]: _, ...catalogues } = stored.catalogues
        return { ...stored, catalogues, own: stored.own.filter((gateway) => gateway.id !== id) }
      }),
  }
}

/** A gateway as a screen sees it: header names, never their values. */
export function gatewayView(config: GatewayConfig): GatewayView {
  const { id, kind, name, baseUrl, builtIn, enabled } = config
  return {
    ...{ id, kind, name, baseUrl, builtIn, enabled },
    extraHeaderNames: Object.keys(config.extraHeaders),
    models: config.models.map((model) => model.id),
  }
}

function ownConfig(stored: StoredGateways['own'][number]): GatewayConfig {
  const { models, ...rest } = stored
  return {
    ...rest,
    builtIn: false,
    models: models.map((id) => ({
      ...{
        id,
        gatewayId: stored.id,
        ownedBy: stored.name,
        contextLength: null,
        maxOutputTokens: null,
        pricing: null,
      },
      proof: stored.kind === 'opengradient' ? 'tee' : stored.kind === 'jumpgate' ? 'ambient' : 'none',
    })),
  }
}

function modelView(info: ModelInfo, all: readonly ModelInfo[], gateways: readonly Gateway[]): ModelView {
  const shared = all.filter(({ id }) => id === info.id).length > 1
  const gateway = gateways.find(({ config }) => config.id === info.gatewayId)
  return {
    name: shared ? `${info.gatewayId}/${info.id}` : info.id,
    id: info.id,
    gatewayId: info.gatewayId,
    gatewayName: gateway?.config.name ?? info.gatewayId,
    currency: currencyOf(gateway),
    contextLength: info.contextLength,
    price: info.pricing && {
      input: info.pricing.input,
      output: info.pricing.output,
      unit: info.pricing.currency,
    },
    proof: info.proof,
    enabled: gateway?.config.enabled ?? false,
  }
}

/** OpenGradient takes OPG, its test deployment test money; everybody else USDC. */
function currencyOf(gateway: Gateway | undefined): Currency {
  if (gateway?.config.kind !== 'opengradient') return 'USDC'
  return gateway.config.id === TEST_GATEWAY ? 'tOPG' : 'OPG'
}
