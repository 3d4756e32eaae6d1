import { ACTIVATION_MS, type Activation } from '../../protocol/page-messages.ts'

/** A key press and the click that it makes, a label's two clicks, a double click: one intention. */
const SAME_INTENTION_MS = 400
const MOST_KEPT = 8

export interface Activations {
  /** Unused ones of the last 60 s. */
  unused(): readonly Activation[]
  use(number: number): void
  /** Gives one back to a call whose worker died while the person was being asked. */
  giveBack(): void
}

/** Counts trusted clicks and key presses in this document. */
export function watchActivations(): Activations {
  let lastNumber = 0
  let lastAtMs = -ACTIVATION_MS
  let kept: { readonly number: number; readonly atMs: number }[] = []

  function add(): void {
    lastAtMs = performance.now()
    kept = [...kept.slice(1 - MOST_KEPT), { number: ++lastNumber, atMs: lastAtMs }]
  }
  function note(event: Event): void {
    const { key, repeat } = event as KeyboardEvent
    // Escape means no: HTML's own activation leaves it out too.
    if (!event.isTrusted || repeat || key === 'Escape') return
    if (performance.now() - lastAtMs > SAME_INTENTION_MS) add()
  }
  for (const type of ['click', 'keydown']) window.addEventListener(type, note, true)

  return {
    unused: () =>
      kept
        .map(({ number, atMs }): Activation => [number, performance.now() - atMs])
        .filter(([, ageMs]) => ageMs < ACTIVATION_MS),
    use(number) {
      kept = kept.filter((entry) => entry.number !== number)
    },
    giveBack: add,
  }
}
