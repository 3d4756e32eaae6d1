/** Pages whose port ended with the worker: what a later worker needs to tell them of their own budget and receipts. */
import { z } from 'zod'
import { type Origin, type Principal, parseOrigin } from '../../domain/principal.ts'
import type { PageReply } from '../../protocol/page-messages.ts'

export interface PageDocument {
  readonly tabId: number
  readonly documentId: string
}

/** Kept for the life of the browser; platform implements it. */
export interface SleepingPages {
  load(): Promise<unknown>
  save(pages: StoredPages): Promise<void>
  /** False: the document has gone. */
  tell(document: PageDocument, event: Extract<PageReply, { readonly event: string }>): Promise<boolean>
}

/** By origin: its documents, oldest first, and its budgets as last told, JSON by currency. */
export const storedPagesSchema = z.record(
  z.string(),
  z.object({
    documents: z.array(z.object({ tabId: z.number(), documentId: z.string() })),
    /** Null until it was read for the first time. */
    told: z.record(z.string(), z.string()).nullable(),
  }),
)
export type StoredPages = z.infer<typeof storedPagesSchema>

/** What is kept of each origin at most. */
const MOST_DOCUMENTS = 20
const MOST_ORIGINS = 200

export interface Sleepers {
  add(origin: Principal, document: PageDocument): void
  /** Whose documents are kept. */
  origins(): Promise<readonly Origin[]>
  told(origin: Principal): Promise<ReadonlyMap<string, string> | null>
  setTold(origin: Principal, told: ReadonlyMap<string, string>): void
  /** Tells every document of the origin that is not awake; forgets those that have gone. */
  tell(
    origin: Principal,
    event: Parameters<SleepingPages['tell']>[1],
    isAwake: (documentId: string) => boolean,
  ): Promise<void>
}

export function createSleepers(pages: SleepingPages): Sleepers {
  let stored: StoredPages = {}
  const loaded = pages.load().then(
    (value) => {
      const parsed = storedPagesSchema.safeParse(value)
      if (parsed.success) stored = parsed.data
    },
    () => undefined,
  )
  let saving: Promise<void> = loaded

  /** One change after another, each on what the last one left. */
  function change(origin: Principal, edit: (entry: StoredPages[string]) => StoredPages[string]): void {
    saving = saving.then(async () => {
      const { [origin]: entry = { documents: [], told: null }, ...others } = stored
      const newest = Object.entries(others).slice(1 - MOST_ORIGINS)
      stored = { ...Object.fromEntries(newest), [origin]: edit(entry) }
      await pages.save(stored).catch(() => undefined)
    })
  }

  return {
    add(origin, document) {
      change(origin, ({ documents, told }) => {
        const others = documents.filter(({ documentId }) => documentId !== document.documentId)
        return { told, documents: [...others.slice(1 - MOST_DOCUMENTS), document] }
      })
    },
    async origins() {
      await saving
      return Object.keys(stored).flatMap((name) => parseOrigin(name) ?? [])
    },
    async told(origin) {
      await saving
      const told = stored[origin]?.told
      return told ? new Map(Object.entries(told)) : null
    },
    setTold(origin, told) {
      change(origin, ({ documents }) => ({ documents, told: Object.fromEntries(told) }))
    },
    async tell(origin, event, isAwake) {
      await saving
      for (const document of stored[origin]?.documents ?? []) {
        if (isAwake(document.documentId) || (await pages.tell(document, event).catch(() => false))) continue
        change(origin, ({ documents, told }) => ({
          told,
          documents: documents.filter(({ documentId }) => documentId !== document.documentId),
        }))
      }
    },
  }
}
