/** The conversations in the store: read once, written at every change, in order. */
import type { z } from 'zod'
import {
  type Conversation,
  type ConversationIndex,
  conversationSchema,
  type IndexEntry,
  indexEntry,
  indexSchema,
  type LiveAnswer,
  liveSchema,
} from './conversation.ts'
import type { ChatDeps } from './ports.ts'

const INDEX = 'index'
const DAY_MS = 86_400_000
/** Conversations kept parsed in memory. */
const MAX_CACHED = 8

export interface ConversationBook {
  list(): Promise<readonly IndexEntry[]>
  load(id: string): Promise<Conversation | null>
  /** Writes what `change` makes of it; null where there is no such conversation, or where it makes nothing. */
  update(
    id: string,
    change: (conversation: Conversation) => Conversation | null,
  ): Promise<Conversation | null>
  add(conversation: Conversation): Promise<Conversation>
  remove(ids: readonly string[]): Promise<void>
  saveLive(id: string, live: LiveAnswer): Promise<void>
  /** The text so far that a dead worker left. */
  loadLive(id: string): Promise<LiveAnswer | null>
  /** Removes what the settings do not want kept; returns the ids. */
  prune(): Promise<readonly string[]>
}

type BookDeps = Pick<ChatDeps, 'store' | 'clock' | 'settings' | 'browserRunId'>

export function createConversationBook(deps: BookDeps): ConversationBook {
  const { store } = deps
  const cache = new Map<string, Conversation>()
  let index: Promise<ConversationIndex> | undefined
  let queue: Promise<unknown> = Promise.resolve()

  /** One change after the other: each sees what the one before wrote. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work)
    queue = turn.catch(() => undefined)
    return turn
  }

  function readIndex(): Promise<ConversationIndex> {
    index ??= openIndex(deps)
    return index
  }

  async function writeIndex(
    change: (entries: readonly IndexEntry[]) => readonly IndexEntry[],
    blobs: readonly (readonly [string, unknown])[],
  ): Promise<void> {
    const old = await readIndex()
    const next = { ...old, entries: change(old.entries) }
    index = Promise.resolve(next)
    try {
      await store.put([...blobs, [INDEX, next]])
    } catch (error) {
      index = undefined
      cache.clear()
      throw error
    }
  }

  async function load(id: string): Promise<Conversation | null> {
    const known = cache.get(id) ?? parsed(conversationSchema, await store.get(blobKey(id)))
    if (!known) return null
    cache.delete(id)
    cache.set(id, known)
    for (const oldest of cache.keys()) {
      if (cache.size <= MAX_CACHED) break
      cache.delete(oldest)
    }
    return known
  }

  async function save(conversation: Conversation): Promise<Conversation> {
    const entry = indexEntry(conversation)
    cache.set(conversation.id, conversation)
    await writeIndex(
      (entries) => [...entries.filter(({ id }) => id !== entry.id), entry],
      [
        [blobKey(conversation.id), conversation],
        ...(entry.running ? [] : [[liveKey(conversation.id), null] as const]),
      ],
    )
    return conversation
  }

  async function removeNow(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    for (const id of ids) cache.delete(id)
    await writeIndex(
      (entries) => entries.filter(({ id }) => !ids.includes(id)),
      ids.flatMap((id) => [[blobKey(id), null] as const, [liveKey(id), null] as const]),
    )
  }

  return {
    list: () => inTurn(async () => (await readIndex()).entries),
    load: (id) => inTurn(() => load(id)),
    update: (id, change) =>
      inTurn(async () => {
        const known = await load(id)
        const next = known && change(known)
        return next ? save(next) : null
      }),
    add: (conversation) => inTurn(() => save(conversation)),
    remove: (ids) => inTurn(() => removeNow(ids)),
    saveLive: (id, live) => inTurn(() => store.put([[liveKey(id), live]])),
    loadLive: (id) => inTurn(async () => parsed(liveSchema, await store.get(liveKey(id)))),
    prune: () =>
      inTurn(async () => {
        const [{ entries, browserRunId }, { privacy }] = await Promise.all([readIndex(), deps.settings()])
        const runId = await deps.browserRunId()
        const oldest =
          privacy.conversationRetentionDays === null
            ? Number.NEGATIVE_INFINITY
            : deps.clock.nowMs() - privacy.conversationRetentionDays * DAY_MS
        const forgetAll = !privacy.keepConversations && browserRunId !== runId
        const ids = entries
          .filter(
            ({ pinned, updatedAtMs, running }) =>
              !running && (forgetAll || (!pinned && updatedAtMs < oldest)),
          )
          .map(({ id }) => id)
        await removeNow(ids)
        const now = await readIndex()
        if (now.browserRunId !== runId) {
          index = Promise.resolve({ ...now, browserRunId: runId })
          await writeIndex((all) => all, [])
        }
        return ids
      }),
  }
}

function blobKey(id: string): string {
  return `conversation ${id}`
}

function liveKey(id: string): string {
  return `live ${id}`
}

function parsed<T>(schema: z.ZodType<T, z.ZodTypeDef, unknown>, value: unknown): T | null {
  const result = schema.safeParse(value)
  return result.success ? result.data : null
}

/** The index as stored, or made anew of the conversations where it is lost. */
async function openIndex({ store, browserRunId }: BookDeps): Promise<ConversationIndex> {
  const stored = parsed(indexSchema, await store.get(INDEX))
  if (stored) return stored
  const keys = (await store.keys()).filter((key) => key.startsWith(blobKey('')))
  const blobs = await Promise.all(keys.map((key) => store.get(key)))
  const entries = blobs.flatMap((blob) => {
    const conversation = parsed(conversationSchema, blob)
    return conversation ? [indexEntry(conversation)] : []
  })
  return { version: 1, browserRunId: await browserRunId(), entries }
}
