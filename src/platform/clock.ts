/** The real clock. */
export const clock = {
  /** Wall clock, unix ms. */
  nowMs: () => Date.now(),
  now: () => Date.now(),
  /** Runs forward only, ms since this context started. */
  monotonicMs: () => performance.now(),
  /** Ends early, without an error, when the signal says so. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const timer = setTimeout(done, milliseconds)
      signal?.addEventListener('abort', done, { once: true })
      function done() {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
    })
  },
}
