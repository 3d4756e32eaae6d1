/** Time as inference needs it. */
export interface Clock {
  /** Wall clock, unix ms. */
  nowMs(): number
  /** A clock that only runs forward while this worker lives, ms. */
  monotonicMs(): number
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}
