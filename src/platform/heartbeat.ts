/** Keeps the worker alive while money or a person waits: an extension API call every 20 s (Chromium stops it after 30 s without events). */
import { browser } from './browser.ts'

const BEAT_MS = 20_000

/** Each hold lasts until its returned function is called; the beat runs while any is held. */
export function createHeartbeat(): () => () => void {
  let holds = 0
  let timer: ReturnType<typeof setInterval> | undefined
  return () => {
    holds++
    timer ??= setInterval(() => void browser.runtime.getPlatformInfo(), BEAT_MS)
    let held = true
    return () => {
      if (!held) return
      held = false
      holds--
      if (holds > 0) return
      clearInterval(timer)
      timer = undefined
    }
  }
}
