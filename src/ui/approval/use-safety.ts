import { useEffect, useMemo, useState } from 'preact/hooks'
import type { UiClient } from '../../protocol/ui-client.ts'
import { createPressGuard, type Readiness } from './press-guard.ts'
import { createSafetyClock } from './safety-clock.ts'

/** How often the window's place and focus are looked at, in ms: a moved window fires no event anywhere. */
const LOOK_MS = 100
/** Shortest time between two reports to the background, in ms. */
const REPORT_MS = 250

export interface Safety {
  /** For drawing. */
  readonly ready: boolean
  /** For deciding: looks once more, now. */
  readonly allows: (click: MouseEvent) => boolean
}

/** Joins the safety rules to this window: restarts on blur, hiding, resizing, moving and any change of content. */
export function useSafety(
  client: UiClient,
  shown: { readonly id: string; readonly digest: string } | null,
): Safety {
  const content = shown ? `${shown.id} ${shown.digest}` : ''
  const watch = useMemo(() => createWatch(client), [client])
  const [ready, setReady] = useState(false)
  useEffect(() => watch.start(setReady), [watch])
  useEffect(() => {
    watch.show(shown)
    setReady(false)
  }, [watch, content])
  return { ready, allows: watch.allows }
}

interface Watch {
  start(onReady: (ready: boolean) => void): () => void
  show(shown: { readonly id: string; readonly digest: string } | null): void
  readonly allows: (click: MouseEvent) => boolean
}

function createWatch(client: UiClient): Watch {
  const clock = createSafetyClock()
  const guard = createPressGuard()
  const worker = createWorkerClock(client)
  let shown: { readonly id: string; readonly digest: string } | null = null

  const look = (): Readiness => {
    clock.look({
      atMs: performance.now(),
      attentive: document.visibilityState === 'visible' && document.hasFocus(),
      place: [screenX, screenY, innerWidth, innerHeight, devicePixelRatio].join(),
      content: shown ? `${shown.id} ${shown.digest}` : '',
    })
    if (shown && clock.running()) worker.report(shown, clock.turn())
    return { ready: shown !== null && clock.ready() && worker.ready(clock.turn()), turn: clock.turn() }
  }

  return {
    start(onReady) {
      const stop = listen({
        disturbed: () => {
          clock.restart()
          onReady(false)
        },
        pressed: (event) => guard.pressed(event, look()),
        released: () => guard.released(),
      })
      const timer = setInterval(() => onReady(look().ready), LOOK_MS)
      return () => {
        clearInterval(timer)
        stop()
      }
    },
    show(next) {
      shown = next
      clock.restart()
    },
    allows: (click) => guard.allows(click, look()),
  }
}

/** The background keeps the same second by its own clock; *Approve* waits for the later of the two. */
function createWorkerClock(client: UiClient) {
  let reported = { turn: -1, atMs: Number.NEGATIVE_INFINITY }
  let ready: { readonly turn: number; readonly fromMs: number } | null = null
  return {
    report(shown: { readonly id: string; readonly digest: string }, turn: number): void {
      const nowMs = performance.now()
      if (reported.turn === turn || nowMs - reported.atMs < REPORT_MS) return
      reported = { turn, atMs: nowMs }
      client.call('approval.shown', { id: shown.id, digest: shown.digest }).then(
        ({ readyInMs }) => {
          ready = { turn, fromMs: performance.now() + readyInMs }
        },
        () => {
          reported = { turn: -1, atMs: performance.now() }
        },
      )
    },
    ready: (turn: number) => ready !== null && ready.turn === turn && performance.now() >= ready.fromMs,
  }
}

interface WindowListeners {
  readonly disturbed: () => void
  readonly pressed: (event: Event) => void
  readonly released: () => void
}

function listen({ disturbed, pressed, released }: WindowListeners): () => void {
  const stop = new AbortController()
  const capture = { capture: true, signal: stop.signal }
  for (const name of ['blur', 'focus', 'resize'] as const) {
    window.addEventListener(name, disturbed, { signal: stop.signal })
  }
  document.addEventListener('visibilitychange', disturbed, capture)
  document.addEventListener('pointerdown', pressed, capture)
  document.addEventListener(
    'keydown',
    (event) => {
      // A key held down since before, or held too long, presses nothing.
      if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault()
      if (!event.repeat) pressed(event)
    },
    capture,
  )
  for (const name of ['pointerup', 'pointercancel', 'keyup'] as const) {
    document.addEventListener(name, () => setTimeout(released, 0), capture)
  }
  return () => stop.abort()
}
