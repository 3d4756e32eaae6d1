/** Secrets and volatile state that end with the browser: session ids, clocks as last measured. */
export interface SessionStore {
  get(key: string): Promise<unknown>
  set(key: string, value: unknown): Promise<void>
  remove(key: string): Promise<void>
}
