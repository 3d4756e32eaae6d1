/** Which clicks count as a person's yes: one trusted press that began while *Approve* was ready. */

export interface Readiness {
  readonly ready: boolean
  /** Turn of the safety clock. */
  readonly turn: number
}

export interface PressGuard {
  /** A pointer or key went down somewhere in the window. */
  pressed(event: { readonly isTrusted: boolean }, at: Readiness): void
  /** It went up, and its click has been handled. */
  released(): void
  /** Whether this click may approve. Double clicks, scripted ones and presses that began too early may not. */
  allows(click: { readonly isTrusted: boolean; readonly detail: number }, at: Readiness): boolean
}

export function createPressGuard(): PressGuard {
  let press: (Readiness & { readonly trusted: boolean }) | null = null
  return {
    pressed(event, at) {
      press = { ready: at.ready, turn: at.turn, trusted: event.isTrusted }
    },
    released() {
      press = null
    },
    allows(click, at) {
      if (!click.isTrusted || click.detail > 1 || !at.ready) return false
      // Assistive technology clicks without a press of its own.
      if (press === null) return true
      return press.trusted && press.ready && press.turn === at.turn
    },
  }
}
