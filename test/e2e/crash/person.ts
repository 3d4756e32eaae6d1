/** A person who says yes to every question that can be answered. */
import type { Driver } from '../driver.ts'

/** Watches for approval windows until `leave` is called. */
export function playPerson(driver: Driver): { leave(): void } {
  let isHere = true
  const watch = async () => {
    while (isHere) {
      const approval = await driver.nextApproval({ timeoutMs: 1_000 }).catch(() => null)
      if (approval && isHere) await approval.approve().catch(() => undefined)
      // A browser that is gone answers at once.
      await new Promise((done) => setTimeout(done, 50))
    }
  }
  void watch()
  return {
    leave() {
      isHere = false
    },
  }
}
