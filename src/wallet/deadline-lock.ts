import type { WalletStatus } from './wallet.ts'

/** While unlocked the clock is noted at least so often: what it was set back by renews the deadline by no more than this. */
export const CHECK_EVERY_MS = 10 * 60 * 1000

/** Looks at the deadline when it is due, also where nobody asks for a signature: reading the status wipes an expired unlock. */
export async function lockAtDeadline(deps: {
  readonly status: () => Promise<WalletStatus>
  readonly nowMs: () => number
  /** Calls this again at a time (unix ms), also where this worker has died by then. */
  readonly wakeAt: (atMs: number) => Promise<void>
}): Promise<void> {
  const status = await deps.status()
  if (status.kind === 'unlocked') await deps.wakeAt(Math.min(status.untilMs, deps.nowMs() + CHECK_EVERY_MS))
}
