/** What backup and restore need beside wallet and ledger; whoever owns the values checks what comes back. */

export interface SettingsPort {
  /** JSON-safe. */
  exportAll(): Promise<unknown>
  /** What taking them over would change: any setting, and servers that are not asked here now. Never throws for what does not fit. */
  compare(settings: unknown): Promise<{ readonly differs: boolean; readonly servers: readonly string[] }>
  /** Takes them over, the servers among them only where wanted; throws ChatError where they do not fit the schema. */
  restore(settings: unknown, servers: boolean): Promise<void>
}

/** JSON-safe. */
export interface SavedGateways {
  /** Those that the person added. */
  readonly own: readonly unknown[]
  /** What the person changed about the shipped ones; null in older files. */
  readonly builtIns: unknown
}

export interface GatewaysPort {
  exportAll(): Promise<SavedGateways>
  /** What `merge` would change: any gateway, and addresses that are not asked here now. */
  compare(saved: SavedGateways): Promise<{ readonly differs: boolean; readonly servers: readonly string[] }>
  /** Switches off what is off in the file, and where `servers` are wanted adds what is not there; says how many were added. */
  merge(saved: SavedGateways, servers: boolean): Promise<number>
}

export interface Clock {
  /** Unix ms. */
  nowMs(): number
}
