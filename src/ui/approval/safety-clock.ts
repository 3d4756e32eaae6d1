/** When *Approve* may work: after one second of uninterrupted attention to unchanged content in an unmoved window. */

/** How long the person must have had the content before them, in ms. Source: docs/SECURITY.md, approval. */
export const ATTENTION_MS = 1000
/** Longest gap between two looks that still counts as uninterrupted, in ms: a page that was asleep saw nothing. */
const MAX_GAP_MS = 400

export interface Sight {
  /** Monotonic clock, in ms. */
  readonly atMs: number
  /** The window is visible and has the focus. */
  readonly attentive: boolean
  /** Position and size of the window, as text. */
  readonly place: string
  /** What is shown, as its id and digest. */
  readonly content: string
}

export interface SafetyClock {
  /** Takes note of what is the case now. */
  look(sight: Sight): void
  /** Starts anew: something happened between two looks. */
  restart(): void
  /** Whether the second has passed, as of the last look. */
  ready(): boolean
  /** Grows with every start; a press belongs to the turn in which it began. */
  turn(): number
  /** Whether it is running at all. */
  running(): boolean
}

/** A clock that knows only what it is shown. */
export function createSafetyClock(): SafetyClock {
  let last: Sight | null = null
  let sinceMs: number | null = null
  let turn = 0
  return {
    look(sight) {
      const before = last
      last = sight
      if (!sight.attentive) {
        sinceMs = null
        return
      }
      if (sinceMs === null || before === null || isDisturbed(before, sight)) {
        sinceMs = sight.atMs
        turn += 1
      }
    },
    restart() {
      sinceMs = null
    },
    ready: () => sinceMs !== null && last !== null && last.atMs - sinceMs >= ATTENTION_MS,
    turn: () => turn,
    running: () => sinceMs !== null,
  }
}

function isDisturbed(before: Sight, now: Sight): boolean {
  return (
    before.place !== now.place ||
    before.content !== now.content ||
    now.atMs - before.atMs > MAX_GAP_MS ||
    now.atMs < before.atMs
  )
}
