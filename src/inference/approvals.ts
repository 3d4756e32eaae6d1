/** One approval window in the whole browser, one pending request per principal, a short queue behind it. */
import type { Budget, GrantMode } from '../domain/budget.ts'
import { ChatError } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import type { ApprovalView } from '../protocol/ui-views.ts'
import type { Clock } from './clock.ts'
import type { Silence } from './silence.ts'

/** Most that may wait behind the question that is shown. Source: docs/SECURITY.md 13. */
const MAX_WAITING = 5
/** The person's silence counts as no after this. Source: docs/SECURITY.md 16. */
export const APPROVAL_TTL_MS = 120_000
/** States in which the person has to do something elsewhere first. */
const SETTING_UP: ReadonlySet<string> = new Set([
  'no-wallet',
  'insufficient-funds',
  'currency-off',
  'allowance-missing',
])
const MAX_SETUP_MS = 30 * 60_000
/** The window shows the same content for at least this long before a yes counts. Source: docs/SECURITY.md 16. */
const MIN_SHOWN_MS = 1_000

/** Everything that the window shows but for what the queue itself knows. */
export type ApprovalContent = Omit<ApprovalView, 'id' | 'digest' | 'waitingBehind' | 'expiresAtMs'>

export type ApprovalChoice =
  | { readonly kind: 'once' }
  | {
      readonly kind: 'budget'
      readonly budget: Omit<Budget, 'id'> & { readonly id?: string }
      readonly mode: Extract<GrantMode, 'auto' | 'ask'>
    }
  | { readonly kind: 'reject' }
  | { readonly kind: 'block' }

export type ApprovalAnswer =
  | { readonly kind: 'decided'; readonly choice: ApprovalChoice }
  /** Something that the content depends on has changed: look again and show anew. */
  | { readonly kind: 'recheck' }

/** One waiting question. */
export interface ApprovalTicket {
  /** Shows (or changes) the content and waits. Throws ChatError: person-rejected, approval-timeout, aborted. */
  ask(content: ApprovalContent, recheckInMs: number | null): Promise<ApprovalAnswer>
  /** Shows content without waiting, where the question is not complete yet. */
  show(content: ApprovalContent): void
  /** The promise, or the question's end (ChatError) where that comes first. */
  orEnded<T>(promise: Promise<T>): Promise<T>
  /** Must be called however the question ended. */
  done(): void
}

/** The window's own port: platform opens it, and says when the person closed it. */
export interface ApprovalWindow {
  open(): Promise<void>
  close(): Promise<void>
  onClosed(listener: () => void): void
}

export interface Approvals {
  /** Takes a place in the queue and opens the window. Throws ChatError: already-pending, queue-full, site-silenced. */
  begin(principal: Principal, signal: AbortSignal): ApprovalTicket
  isSilenced(principal: Principal): boolean
  hasPending(principal: Principal): boolean
  current(): ApprovalView | null
  waiting(): number
  /** The window shows this digest and has had focus since now; answers how long until a yes counts. */
  shown(id: string, digest: string): number
  /** False: stale digest, too early, or not waiting. */
  decide(id: string, digest: string, choice: ApprovalChoice): boolean
  /** Wallet, balances, grants or guards changed: every waiting question looks again. */
  recheck(): void
  /** Closes a window that nothing waits in: one that a dead worker left behind. */
  closeEmpty(): void
  /** Ends every waiting question, with nothing signed. */
  rejectAll(reason: 'frozen' | 'person-rejected'): void
  onChange(listener: () => void): () => void
}

interface Entry {
  readonly id: string
  readonly principal: Principal
  readonly signal: AbortSignal
  content: ApprovalContent | null
  digest: string
  shownAtMs: number | null
  readonly beganAtMs: number
  expiresAtMs: number
  resolve: ((answer: ApprovalAnswer) => void) | null
  readonly whenEnded: Promise<never>
  readonly reject: (error: ChatError) => void
  ended: ChatError | null
}

/** The person is busy with the wallet itself, in another tab: the 120 seconds stand still, for half an hour at most. */
function isSettingUp({ content, beganAtMs, expiresAtMs }: Entry): boolean {
  const busy = content !== null && SETTING_UP.has(content.state)
  return busy && expiresAtMs - beganAtMs < MAX_SETUP_MS
}

export interface ApprovalsDeps {
  readonly clock: Clock
  readonly newId: () => string
  readonly window: ApprovalWindow
  readonly silence: Silence
  readonly digest: (text: string) => string
}

export function createApprovals(deps: ApprovalsDeps): Approvals {
  const { clock } = deps
  const queue: Entry[] = []
  const { silence } = deps
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const endEntry = (entry: Entry, error: ChatError) => {
    if (entry.ended) return
    entry.ended = error
    entry.reject(error)
  }

  deps.window.onClosed(() => {
    const [first] = queue
    if (!first) return
    silence.noteRefusal(first.principal)
    for (const entry of [...queue]) endEntry(entry, new ChatError('person-rejected'))
  })

  function update(entry: Entry, content: ApprovalContent): void {
    const digest = deps.digest(JSON.stringify(content))
    entry.content = content
    if (digest !== entry.digest) {
      entry.digest = digest
      entry.shownAtMs = null
    }
    changed()
  }

  /** Answers a waiting `ask` once; false where none waits. */
  function answer(entry: Entry, value: ApprovalAnswer): boolean {
    const { resolve } = entry
    entry.resolve = null
    resolve?.(value)
    return resolve !== null
  }

  function closeEmpty(): void {
    if (queue.length === 0) void deps.window.close()
  }

  async function recheckLater(entry: Entry, resolve: Entry['resolve'], milliseconds: number): Promise<void> {
    await clock.sleep(milliseconds)
    if (entry.resolve === resolve) answer(entry, { kind: 'recheck' })
  }

  async function watchTimeout(entry: Entry): Promise<void> {
    while (queue.includes(entry) && !entry.ended) {
      await clock.sleep(1_000)
      if (queue[0] !== entry || isSettingUp(entry)) entry.expiresAtMs += 1_000
      if (clock.nowMs() >= entry.expiresAtMs) endEntry(entry, new ChatError('approval-timeout'))
    }
  }

  function ticketFor(entry: Entry): ApprovalTicket {
    return {
      show: (content) => update(entry, content),
      ask(content, recheckInMs) {
        if (entry.ended) return Promise.reject(entry.ended)
        update(entry, content)
        const answered = new Promise<ApprovalAnswer>((resolve) => {
          entry.resolve = resolve
          if (recheckInMs !== null) void recheckLater(entry, resolve, recheckInMs)
        })
        return Promise.race([answered, entry.whenEnded])
      },
      orEnded: (promise) => Promise.race([promise, entry.whenEnded]),
      done() {
        const index = queue.indexOf(entry)
        if (index >= 0) queue.splice(index, 1)
        closeEmpty()
        const [next] = queue
        if (next) next.expiresAtMs = Math.max(next.expiresAtMs, clock.nowMs() + APPROVAL_TTL_MS)
        changed()
      },
    }
  }

  return {
    begin(principal, signal) {
      if (silence.isSilenced(principal)) throw new ChatError('site-silenced')
      if (queue.some((entry) => entry.principal === principal)) throw new ChatError('already-pending')
      if (queue.length > MAX_WAITING) throw new ChatError('queue-full')
      let reject: Entry['reject'] = () => undefined
      const whenEnded = new Promise<never>((_resolve, rejectEnded) => {
        reject = rejectEnded
      })
      whenEnded.catch(() => undefined)
      const entry: Entry = {
        id: deps.newId(),
        principal,
        signal,
        content: null,
        digest: '',
        shownAtMs: null,
        beganAtMs: clock.nowMs(),
        expiresAtMs: clock.nowMs() + APPROVAL_TTL_MS,
        resolve: null,
        whenEnded,
        reject,
        ended: null,
      }
      signal.addEventListener('abort', () => endEntry(entry, new ChatError('aborted')), { once: true })
      queue.push(entry)
      void watchTimeout(entry)
      void deps.window.open()
      return ticketFor(entry)
    },
    isSilenced: silence.isSilenced,
    hasPending: (principal) => queue.some((entry) => entry.principal === principal),
    current() {
      const entry = queue[0]
      if (!entry?.content) return null
      const { id, digest, content, expiresAtMs } = entry
      return { ...content, id, digest, expiresAtMs, waitingBehind: queue.length - 1 }
    },
    waiting: () => queue.length,
    shown(id, digest) {
      const entry = queue[0]
      if (!entry || entry.id !== id || entry.digest !== digest) return MIN_SHOWN_MS
      entry.shownAtMs = clock.monotonicMs()
      return MIN_SHOWN_MS
    },
    decide(id, digest, choice) {
      const entry = queue[0]
      if (!entry || entry.id !== id || entry.ended) return false
      if (choice.kind === 'reject' || choice.kind === 'block') {
        silence.noteRefusal(entry.principal)
        const blocked = choice.kind === 'block' && answer(entry, { kind: 'decided', choice })
        if (!blocked) endEntry(entry, new ChatError('person-rejected'))
        return true
      }
      const shownForMs = entry.shownAtMs === null ? -1 : clock.monotonicMs() - entry.shownAtMs
      if (entry.digest !== digest || entry.content?.state !== 'ready' || shownForMs < MIN_SHOWN_MS)
        return false
      return answer(entry, { kind: 'decided', choice })
    },
    recheck() {
      for (const entry of queue) answer(entry, { kind: 'recheck' })
    },
    closeEmpty,
    rejectAll(reason) {
      for (const entry of [...queue]) endEntry(entry, new ChatError(reason))
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
