/** What the chains need from outside. */

export interface Clock {
  /** Unix ms. */
  nowMs(): number
}

/** Keeps JSON-safe values between starts of the worker; losing them costs a read, nothing else. */
export interface ChainCache {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>
