/** Tells pages what changed of their own origin's facts, and nothing else. */
import { hasBudget } from '../../domain/budget.ts'
import type { Origin, Principal } from '../../domain/principal.ts'
import type { LedgerChange } from '../../ledger/ledger.ts'
import type { PageReply } from '../../protocol/page-messages.ts'
import { budgetView } from './budget-view.ts'
import type { PageDeps } from './page-deps.ts'
import type { Authority } from './read-authority.ts'
import { receiptView } from './receipt-view.ts'
import { createSleepers } from './sleeping-pages.ts'

/** Several writes belong to one step of a payment: they make one event. Reading sooner would stand in the way of the next write. */
const GATHER_MS = 100
/** Receipts of which it is known that they were told; beyond it the oldest are forgotten. */
const MOST_KNOWN = 1_000

type PageEvent = Extract<PageReply, { readonly event: string }>

/** One page that can be told at once. */
interface Awake {
  readonly origin: Origin
  readonly documentId: string | null
  readonly post: (event: PageEvent) => void
}

export interface PageEvents {
  /** Call the returned function when the page's port has ended: the page may be asleep or gone. */
  join(authority: Authority, post: (event: PageEvent) => void): () => void
  modelsChanged(): void
}

export function createPageEvents(deps: PageDeps): PageEvents {
  const awake = new Set<Awake>()
  const sleepers = createSleepers(deps.sleeping ?? NO_SLEEPERS)
  /** Changes that are still to be told, by whose they are. */
  const gathered = new Map<Principal, LedgerChange[]>()
  const knownReceipts = new Set<string>()

  async function tell(origin: Principal, event: PageEvent): Promise<void> {
    const pages = [...awake].filter((page) => page.origin === origin)
    for (const { post } of pages) post(event)
    await sleepers.tell(origin, event, (id) => pages.some(({ documentId }) => documentId === id))
  }

  async function tellBudgets(origin: Principal): Promise<void> {
    const before = await sleepers.told(origin)
    if (before === null) return
    const now = await readBudgets(deps, origin)
    sleepers.setTold(origin, now)
    for (const currency of new Set([...before.keys(), ...now.keys()])) {
      const text = now.get(currency)
      if (text === before.get(currency)) continue
      await tell(origin, {
        event: 'budgetchange',
        detail: { budget: text === undefined ? null : JSON.parse(text) },
      })
    }
  }

  async function tellSettled(origin: Principal, changes: readonly LedgerChange[]): Promise<void> {
    if ((await sleepers.told(origin)) === null) return
    for (const id of await requestsOf(deps, changes)) {
      const row = await deps.ledger.getRequest(id)
      if (row?.request.money !== 'settled' || row.request.principal !== origin) continue
      const name = `${id} ${row.request.settledBy}`
      if (knownReceipts.has(name)) continue
      knownReceipts.add(name)
      const [oldest] = knownReceipts
      if (knownReceipts.size > MOST_KNOWN && oldest !== undefined) knownReceipts.delete(oldest)
      await tell(origin, { event: 'settled', detail: { receipt: receiptView(row) } })
    }
  }

  async function tellModels(): Promise<void> {
    const origins = new Set([...(await sleepers.origins()), ...[...awake].map(({ origin }) => origin)])
    for (const origin of origins) {
      // Without a budget the list never changes with the person's own gateways.
      if (hasBudget(await deps.ledger.getGrant(origin)))
        await tell(origin, { event: 'modelschange', detail: null })
    }
  }

  /** What is known to be told from now on, unless an earlier page of the origin knows already. */
  async function begin(origin: Origin): Promise<void> {
    if ((await sleepers.told(origin)) === null) sleepers.setTold(origin, await readBudgets(deps, origin))
  }

  function tellGathered(principal: Principal): void {
    const changes = gathered.get(principal) ?? []
    gathered.delete(principal)
    void tellSettled(principal, changes).catch(() => undefined)
    void tellBudgets(principal).catch(() => undefined)
  }

  deps.ledger.onChange((change) => {
    const { principal } = change
    if (principal === null || principal === 'panel') return
    const known = gathered.get(principal)
    if (known) known.push(change)
    else {
      gathered.set(principal, [change])
      setTimeout(() => tellGathered(principal), GATHER_MS)
    }
  })

  return {
    join({ origin, tabId, documentId }, post) {
      const page = { origin, documentId, post }
      awake.add(page)
      if (documentId !== null) sleepers.add(origin, { tabId, documentId })
      void begin(origin).catch(() => undefined)
      return () => awake.delete(page)
    },
    modelsChanged() {
      void tellModels().catch(() => undefined)
    },
  }
}

/** Budgets as pages see them, JSON by currency. */
async function readBudgets(deps: PageDeps, principal: Principal): Promise<ReadonlyMap<string, string>> {
  const [grant, uses] = await Promise.all([deps.ledger.getGrant(principal), deps.ledger.budgetUse(principal)])
  const views = uses.map((use) => grant && budgetView(grant, use))
  return new Map(views.flatMap((view) => (view ? [[view.currency, JSON.stringify(view)]] : [])))
}

/** Ids of the requests that changes may have settled, each once. */
async function requestsOf(
  { ledger }: PageDeps,
  changes: readonly LedgerChange[],
): Promise<ReadonlySet<string>> {
  const idsOf = (wanted: LedgerChange['kind']) =>
    new Set(changes.flatMap(({ kind, id }) => (kind === wanted && id !== null ? [id] : [])))
  const paidFor = await Promise.all([...idsOf('payment')].map((id) => ledger.requestsOf(id)))
  return new Set([...idsOf('request'), ...paidFor.flat().map(({ id }) => id)])
}

const NO_SLEEPERS = { load: async () => null, save: async () => {}, tell: async () => false }
