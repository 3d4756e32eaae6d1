/** The side panel's conversations, put together. */
import { ChatError } from '../domain/errors.ts'
import type { ConversationView, PanelIntent } from '../protocol/chat-views.ts'
import type { Chat } from './chat.ts'
import { type Conversation, conversationView, type StoredAnswer } from './conversation.ts'
import { createConversationBook } from './conversation-book.ts'
import * as edits from './conversation-edits.ts'
import { exportConversation } from './export-conversation.ts'
import type { ChatDeps } from './ports.ts'
import { createPriceSamples } from './price-samples.ts'
import { promptBody, summaryBody } from './prompt.ts'
import { quoteLive } from './quote-live.ts'
import { resumeAnswers } from './resume-answers.ts'
import { type AnswerRun, runAnswer, withAnswer } from './run-answer.ts'
import { searchConversations } from './search-conversations.ts'

/** How long a context menu's wish waits for the panel to open. */
const INTENT_MS = 60_000

type Make = (conversation: Conversation) => Conversation

export function createChat(deps: ChatDeps): Chat {
  const book = createConversationBook(deps)
  const samples = createPriceSamples(deps.store)
  const running = new Map<string, AnswerRun>()
  /** By window. */
  const intents = new Map<number, { readonly wish: PanelIntent; readonly atMs: number }>()
  /** Answers that ended and could not be written, by conversation: written before anything else is done with it. */
  const unwritten = new Map<string, StoredAnswer>()
  let resumed: Promise<void> | undefined

  /** A failed start is tried again by the next call. */
  function resume(): Promise<void> {
    resumed ??= resumeAnswers(deps, book).catch((error: unknown) => {
      resumed = undefined
      throw error
    })
    return resumed
  }

  /** One whose last write failed would stand there as on its way, and let no other be asked. */
  async function ready(id: string): Promise<void> {
    await resume()
    const answer = unwritten.get(id)
    if (!answer) return
    await book.update(id, (known) => withAnswer(known, answer))
    unwritten.delete(id)
  }

  const stamp = () => ({ id: deps.newId(), nowMs: deps.clock.nowMs() })

  /** The conversation with the text so far of the answer on its way. */
  function viewOf(conversation: Conversation): ConversationView {
    const live = running.get(conversation.id)?.live()
    const view = conversationView(conversation)
    if (!live) return view
    const { messageId, ...said } = live
    const withText = (message: ConversationView['messages'][number]) =>
      message.id === messageId && message.role === 'answer' ? { ...message, ...said } : message
    return { ...view, messages: view.messages.map(withText) }
  }

  async function load(id: string): Promise<Conversation> {
    await ready(id)
    return required(await book.load(id))
  }

  async function change(id: string, make: Make): Promise<ConversationView> {
    await ready(id)
    const saved = required(await book.update(id, make))
    deps.push({ kind: 'conversation', id })
    deps.push({ kind: 'list' })
    return viewOf(saved)
  }

  /** Stores what `make` puts before the new answer, then asks for it. */
  async function ask(id: string, make: Make, purpose: StoredAnswer['purpose'] = 'answer') {
    await ready(id)
    const answer = newAnswer(purpose)
    const saved = required(await book.update(id, (old) => edits.withAnswerAsked(make(old), answer)))
    const body = purpose === 'summary' ? summaryBody(saved) : promptBody(saved)
    const run = runAnswer({ deps, book, samples }, { conversationId: id, answer, body })
    running.set(id, run)
    void run.ended.then((lost) => {
      if (lost) unwritten.set(id, lost)
      if (running.get(id) === run) running.delete(id)
    })
    deps.push({ kind: 'conversation', id })
    deps.push({ kind: 'list' })
    return viewOf(saved)
  }

  function newAnswer(purpose: StoredAnswer['purpose']): StoredAnswer {
    return {
      ...{ role: 'answer', purpose, id: deps.newId(), key: deps.newId(), createdAtMs: deps.clock.nowMs() },
      ...{ model: null, requestId: null, text: '', reasoning: '', toolCalls: [] },
      progress: { kind: 'waiting' },
    }
  }

  /** Stops what is on its way in them, then deletes them. */
  async function remove(ids: readonly string[]): Promise<void> {
    const runs = ids.flatMap((id) => running.get(id) ?? [])
    for (const run of runs) run.stop()
    await Promise.all(runs.map(({ ended }) => ended))
    await book.remove(ids)
    for (const id of ids) deps.push({ kind: 'deleted', id })
    deps.push({ kind: 'list' })
  }

  return {
    resume,
    async list(text) {
      await resume()
      return searchConversations(await book.list(), text, book.load)
    },
    async get(id) {
      await ready(id)
      const conversation = await book.load(id)
      return conversation && viewOf(conversation)
    },
    async create(like) {
      await resume()
      const model = like === null ? null : ((await book.load(like))?.options.model ?? null)
      const saved = await book.add(edits.emptyConversation(stamp(), model))
      deps.push({ kind: 'list' })
      return conversationView(saved)
    },
    rename: (id, title) => change(id, (old) => edits.withName(old, title)),
    pin: (id, pinned) => change(id, (old) => ({ ...old, pinned })),
    async remove(id) {
      await resume()
      const known = (await book.list()).some((entry) => entry.id === id)
      await remove([id])
      return known
    },
    async removeAll() {
      await resume()
      const ids = (await book.list()).map(({ id }) => id)
      await remove(ids)
      return ids.length
    },
    setOptions: (id, options) => change(id, (old) => ({ ...old, options })),
    async saveDraft(id, draft) {
      await resume()
      required(await book.update(id, (old) => ({ ...old, draft })))
    },
    async send(id, draft) {
      if (draft.text.trim() === '') throw new ChatError('invalid-body', { field: 'text' })
      return ask(id, (old) => edits.withQuestion(old, draft, stamp()))
    },
    async stop(id) {
      await resume()
      const run = running.get(id)
      run?.stop()
      await run?.ended
      return run !== undefined
    },
    async retry(id, messageId) {
      const { purpose } = edits.findAnswer(await load(id), messageId)
      return ask(id, (old) => edits.upToAnswer(old, messageId), purpose)
    },
    editAndResend: ({ id, messageId, text }) =>
      ask(id, (old) => edits.withEditedQuestion(old, { messageId, text }, deps.clock.nowMs())),
    deleteMessage: (id, messageId) => change(id, (old) => edits.withoutMessage(old, messageId)),
    summarise: (id) => ask(id, (old) => old, 'summary'),
    dropOldest: (id, sentFrom) => change(id, (old) => edits.withSentFrom(old, sentFrom)),
    exportAs: async (id, format) => exportConversation(viewOf(await load(id)), format),
    async quoteLive(id, draft) {
      const asked = edits.withQuestion(await load(id), draft, stamp())
      return quoteLive({ deps, samples }, promptBody(asked))
    },
    samples: samples.all,
    async prune() {
      await resume()
      const ids = await book.prune()
      for (const id of ids) deps.push({ kind: 'deleted', id })
      if (ids.length > 0) deps.push({ kind: 'list' })
    },
    offerIntent(wish) {
      intents.set(wish.windowId, { wish, atMs: deps.clock.nowMs() })
      deps.push({ kind: 'intent' })
    },
    takeIntent(windowId) {
      const offered = intents.get(windowId)
      intents.delete(windowId)
      return offered && deps.clock.nowMs() - offered.atMs < INTENT_MS ? offered.wish : null
    },
  }
}

function required(conversation: Conversation | null): Conversation {
  if (!conversation) throw new ChatError('invalid-body', { field: 'id' })
  return conversation
}
