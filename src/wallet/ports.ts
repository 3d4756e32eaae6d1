/** What the wallet needs of the world; implemented over browser storage by the platform. */

/** Bytes over a buffer of their own, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>

/** One place for one blob: the vault's first copy (IndexedDB). */
export interface ByteStore {
  /** Null where nothing was ever written; throws where the store itself cannot be read. */
  get(): Promise<Uint8Array | null>
  set(bytes: Uint8Array): Promise<void>
  delete(): Promise<void>
}

/** Texts by key: `storage.local` (second copy, back-off) and `storage.session` (unlocked state). */
export interface TextStore {
  get(key: string): Promise<string | null>
  set(key: string, value: string): Promise<void>
  delete(key: string): Promise<void>
}

/** One non-extractable key in IndexedDB. */
export interface KeyStore {
  get(): Promise<CryptoKey | null>
  set(key: CryptoKey): Promise<void>
  delete(): Promise<void>
}

export interface Clock {
  /** Unix ms. */
  nowMs(): number
}

/** Cryptographically secure random bytes. */
export type RandomBytes = (length: number) => Bytes

export interface WalletPorts {
  readonly vaultStore: ByteStore
  readonly local: TextStore
  readonly session: TextStore
  readonly unlockKeys: KeyStore
  readonly clock: Clock
  readonly random: RandomBytes
  /** Told the deadline whenever it changes and once at every start; 0 while locked. The ledger's guard listens. */
  readonly onUnlockedUntil: (untilMs: number) => Promise<unknown>
}
