/** Model lists as gateways publish them: fetched once a day, kept in the store, never waited for. */
import type { Gateway, ModelInfo } from '../gateways/gateway.ts'
import type { StoredGateways } from './stored-gateways.ts'

/** How long a fetched model list serves, ms. */
const FRESH_MS = 24 * 3_600_000
/** How long a list that could not be fetched is left alone, ms. */
const RETRY_MS = 3_600_000

type Catalogue = StoredGateways['catalogues'][string]

export interface CatalogueBookDeps {
  readonly read: () => Promise<StoredGateways>
  /** Changes what is stored, one change after the other. */
  readonly update: (change: (stored: StoredGateways) => StoredGateways) => Promise<void>
  readonly send: (request: NonNullable<ReturnType<Gateway['catalogueRequest']>>) => Promise<Response>
  readonly readBody: (response: Response) => Promise<string>
  readonly clock: { nowMs(): number }
}

export function createCatalogueBook(deps: CatalogueBookDeps) {
  const fetching = new Map<string, Promise<void>>()
  /** Parsed once for each value of the store. */
  let parsed: { of: StoredGateways; lists: Map<string, readonly ModelInfo[]> } | undefined

  /** The fetched list, with what the person typed; the shipped one until it is there. A stale list is fetched anew in the background. */
  async function modelsOf(gateway: Gateway): Promise<readonly ModelInfo[]> {
    const stored = await deps.read()
    if (parsed?.of !== stored) parsed = { of: stored, lists: new Map() }
    const { id } = gateway.config
    const known = stored.catalogues[id]
    if (!isFresh(known)) refresh(gateway)
    const list = parsed.lists.get(id) ?? listOf(gateway, known)
    parsed.lists.set(id, list)
    return list
  }

  function isFresh(known: Catalogue | undefined): boolean {
    return known !== undefined && Math.abs(deps.clock.nowMs() - known.atMs) < FRESH_MS
  }

  function refresh(gateway: Gateway): void {
    const { id } = gateway.config
    if (fetching.has(id) || !gateway.catalogueRequest()) return
    const fetched = fetchList(gateway).then((models) => keep(gateway, models))
    fetching.set(
      id,
      fetched.catch(() => undefined).finally(() => fetching.delete(id)),
    )
  }

  /** Null where there is no list to read. */
  async function fetchList(gateway: Gateway): Promise<readonly ModelInfo[] | null> {
    const request = gateway.catalogueRequest()
    if (!request) return null
    try {
      const response = await deps.send(request)
      return gateway.parseCatalogue(response.status, await deps.readBody(response))
    } catch {
      return null
    }
  }

  /** A failure is remembered too: the list of before stands, and is asked for again after a while. */
  function keep(gateway: Gateway, models: readonly ModelInfo[] | null): Promise<void> {
    const { id, baseUrl } = gateway.config
    const nowMs = deps.clock.nowMs()
    return deps.update((stored) => {
      const before = stored.catalogues[id]?.models ?? []
      const entry: Catalogue = models
        ? { atMs: nowMs, models: models.map(toWire) }
        : { atMs: nowMs - FRESH_MS + RETRY_MS, models: before }
      const own = stored.own.find((one) => one.id === id)
      const moved = (own?.baseUrl ?? stored.baseUrls[id] ?? baseUrl) !== baseUrl
      const gone = own === undefined && !gateway.config.builtIn
      return moved || gone ? stored : { ...stored, catalogues: { ...stored.catalogues, [id]: entry } }
    })
  }

  return { modelsOf }
}

function listOf(gateway: Gateway, known: Catalogue | undefined): readonly ModelInfo[] {
  const { models, builtIn } = gateway.config
  const fetched = known ? gateway.parseCatalogue(200, JSON.stringify({ data: known.models })) : null
  if (fetched === null) return models
  if (builtIn) return fetched
  return [...fetched, ...models.filter(({ id }) => !fetched.some((other) => other.id === id))]
}

/** Only what is read of a list, so that nobody fills the store. */
function toWire({ id, ownedBy, contextLength, maxOutputTokens }: ModelInfo) {
  return {
    id,
    owned_by: ownedBy,
    context_length: contextLength ?? undefined,
    max_output_length: maxOutputTokens ?? undefined,
  }
}
