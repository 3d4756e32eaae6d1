/** Whether this document may have the page API: secure, not opaque, on top or under documents of its own origin only. */
export function isEligibleDocument(): boolean {
  try {
    if (!isSecureContext || origin === 'null') return false
    for (let frame: Window = window; frame !== frame.parent; frame = frame.parent) {
      // Reading another origin's `origin` throws.
      if (frame.parent.origin !== origin) return false
    }
    return true
  } catch {
    return false
  }
}
