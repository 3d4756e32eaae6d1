/** A scene that nothing changed for this long has come to rest, in ms: longer than between two looks of `Press`. */
const QUIET_MS = 50
/** One that never rests is looked at after this, in ms. */
const MOST_MS = 3_000
/** How often it is looked whether it rests, in ms. */
const LOOK_MS = 10

/** Resolves once the scene has come to rest, and what is pressed in it was pressed. */
export function whenQuiet(): Promise<void> {
  const html = document.documentElement
  const untilMs = performance.now() + MOST_MS
  let changedAtMs = performance.now()
  const observer = new MutationObserver(() => {
    changedAtMs = performance.now()
  })
  observer.observe(html, { subtree: true, childList: true, attributes: true, characterData: true })
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const nowMs = performance.now()
      const rests = nowMs - changedAtMs >= QUIET_MS && html.dataset.pressing === undefined
      if (!rests && nowMs < untilMs) return
      clearInterval(timer)
      observer.disconnect()
      resolve()
    }, LOOK_MS)
  })
}
