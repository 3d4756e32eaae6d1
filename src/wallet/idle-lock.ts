/** The computer's idleness, as the browser reports it. */
export interface IdlePort {
  /** After how many minutes without input the state turns idle. */
  setIdleAfter(minutes: number): void
  /** Registered synchronously at every start of the worker, so that an event can wake it. */
  onState(listener: (state: 'active' | 'idle' | 'locked') => void): void
}

/** Shipped setting, in minutes. */
export const IDLE_LOCK_MINUTES = 15

/** Locks when the computer is idle for the set time, and at once when the system locks. `setMinutes` follows the setting. */
export function lockWhenIdle(deps: { readonly idle: IdlePort; readonly lock: () => Promise<void> }): {
  setMinutes(minutes: number): void
} {
  deps.idle.onState((state) => {
    if (state !== 'active') void deps.lock()
  })
  return { setMinutes: (minutes) => deps.idle.setIdleAfter(minutes) }
}
