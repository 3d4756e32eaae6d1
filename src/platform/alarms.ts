/** Wake-ups that outlive the worker. Chromium fires an alarm no sooner than 30 s after it was set. */
import { browser } from './browser.ts'

const ALARM_MIN_MS = 30_000

/**
 * Runs at a time (unix ms): by a timer while this worker lives, by the alarm `name` where it has died by then. Resolves
 * once the alarm is set.
 */
export async function wakeAt(name: string, atMs: number, run: () => void): Promise<void> {
  const waitMs = Math.max(0, atMs - Date.now())
  if (waitMs < ALARM_MIN_MS) setTimeout(run, waitMs)
  await scheduleAlarm(name, Math.max(atMs, Date.now() + ALARM_MIN_MS))
}

/** Asks for `name` to fire at a time (unix ms), or sooner where it is set already. */
async function scheduleAlarm(name: string, atMs: number): Promise<void> {
  const known = await browser.alarms.get(name)
  if (known && known.scheduledTime <= atMs) return
  await browser.alarms.create(name, { when: atMs })
}

/** Registers synchronously; one listener for all names. */
export function onAlarm(listener: (name: string) => void): void {
  browser.alarms.onAlarm.addListener(({ name }) => listener(name))
}
