/** Yeses given lately: each is good for its own request and that one's retries, for 120 s, and for one payment at most. */
import type { Approval } from '../domain/approval.ts'
import { APPROVAL_TTL_MS } from './approvals.ts'
import type { Call } from './call.ts'
import type { Clock } from './clock.ts'

/** What tells one request from another: the same body under another key is another request. */
export type RequestName = Pick<Call, 'principal' | 'key' | 'bodyHash'>

export interface ApprovalMemory {
  /** Gives an unspent yes that an earlier try of the same body left behind to this request: of many retries one gets it. */
  adopt(call: RequestName): void
  /** This request's own yes; null where there is none. */
  find(call: RequestName): Approval | null
  remember(call: RequestName, approved: Omit<Approval, 'untilMs'>): void
  /** Signed bytes of this request may have left: its yes goes on for its further offers, and to nobody else. */
  spend(call: RequestName): void
  /** The person said no after all. */
  forget(call: RequestName): void
  /** The request has ended. An unspent yes waits for one retry of the same body; a spent one is gone. */
  end(call: RequestName): void
}

interface Entry {
  readonly approval: Approval
  /** By the clock that nobody can set, ms. */
  readonly endsAtMs: number
  readonly spent: boolean
}

export function createApprovalMemory(clock: Clock): ApprovalMemory {
  const owned = new Map<string, Entry>()
  const unused = new Map<string, Entry>()
  const ownerOf = ({ principal, bodyHash, key }: RequestName) => `${principal} ${bodyHash} ${key}`
  const bodyOf = ({ principal, bodyHash }: RequestName) => `${principal} ${bodyHash}`

  function dropOld(): void {
    for (const entries of [owned, unused])
      for (const [name, { endsAtMs }] of entries) if (clock.monotonicMs() >= endsAtMs) entries.delete(name)
  }

  return {
    adopt(call) {
      const entry = unused.get(bodyOf(call))
      if (!entry || owned.has(ownerOf(call))) return
      unused.delete(bodyOf(call))
      owned.set(ownerOf(call), entry)
    },
    find(call) {
      dropOld()
      const entry = owned.get(ownerOf(call))
      return entry ? { ...entry.approval, untilMs: clock.nowMs() + 1_000 } : null
    },
    remember(call, approved) {
      const approval = { ...approved, untilMs: clock.nowMs() + APPROVAL_TTL_MS }
      const endsAtMs = clock.monotonicMs() + APPROVAL_TTL_MS
      owned.set(ownerOf(call), { approval, endsAtMs, spent: false })
    },
    spend(call) {
      const entry = owned.get(ownerOf(call))
      if (entry) owned.set(ownerOf(call), { ...entry, spent: true })
    },
    forget(call) {
      owned.delete(ownerOf(call))
    },
    end(call) {
      const entry = owned.get(ownerOf(call))
      owned.delete(ownerOf(call))
      if (entry && !entry.spent) unused.set(bodyOf(call), entry)
    },
  }
}
