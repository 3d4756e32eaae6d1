/** The computer's idleness. */
import { browser } from './browser.ts'

export const idle = {
  setIdleAfter: (minutes: number) => browser.idle.setDetectionInterval(minutes * 60),
  onState(listener: (state: 'active' | 'idle' | 'locked') => void) {
    browser.idle.onStateChanged.addListener(listener)
  },
}
