/** Stores in memory that outlive a wallet, as a browser's outlive its worker; and a clock that is set by hand. */
import { ChatError } from '../../src/domain/errors.ts'
import { assembleWallet } from '../../src/wallet/assemble-wallet.ts'
import { evmSigning } from '../../src/wallet/evm-signing.ts'
import { deriveKey } from '../../src/wallet/kdf.ts'
import { COST_FLOOR, type DeriveKey, type KdfCost } from '../../src/wallet/kdf-cost.ts'
import type { ByteStore, Bytes, KeyStore, TextStore } from '../../src/wallet/ports.ts'
import { solanaSigning } from '../../src/wallet/solana-signing.ts'
import type { Wallet } from '../../src/wallet/wallet.ts'
import { walletTools } from '../../src/wallet/wallet-tools.ts'

export const PASSWORD = 'a quiet lunch by the sea'
/** Hardhat's and anvil's published development phrase. */
export const JUNK_PHRASE = 'test test test test test test test test test test test junk'

export class FakeByteStore implements ByteStore {
  bytes: Uint8Array | null = null
  writes = 0
  failing: 'no' | 'reads' | 'writes' = 'no'
  async get(): Promise<Uint8Array | null> {
    if (this.failing === 'reads') throw new Error('store: read failed')
    return this.bytes?.slice() ?? null
  }
  async set(bytes: Uint8Array): Promise<void> {
    if (this.failing === 'writes') throw new Error('store: quota')
    this.writes++
    this.bytes = bytes.slice()
  }
  async delete(): Promise<void> {
    this.bytes = null
  }
}

export class FakeTextStore implements TextStore {
  readonly values = new Map<string, string>()
  readonly failing = new Set<string>()
  async get(key: string): Promise<string | null> {
    return this.values.get(key) ?? null
  }
  async set(key: string, value: string): Promise<void> {
    if (this.failing.has(key)) throw new Error('store: quota')
    this.values.set(key, value)
  }
  async delete(key: string): Promise<void> {
    this.values.delete(key)
  }
}

export class FakeKeyStore implements KeyStore {
  key: CryptoKey | null = null
  async get(): Promise<CryptoKey | null> {
    return this.key
  }
  async set(key: CryptoKey): Promise<void> {
    this.key = key
  }
  async delete(): Promise<void> {
    this.key = null
  }
}

/** 2026-03-02T10:00:00Z: any fixed moment. */
export const START_MS = Date.UTC(2026, 2, 2, 10)

export interface World {
  readonly vaultStore: FakeByteStore
  readonly local: FakeTextStore
  readonly session: FakeTextStore
  readonly unlockKeys: FakeKeyStore
  /** Set by hand, unix ms. */
  readonly clock: { nowMs: number }
  /** Every deadline that the guard was told, oldest first. */
  readonly announced: number[]
  /** The guard's books do not open. */
  guardFails: boolean
  /** How often a key was derived from a password. */
  kdfRuns: number
  cost: KdfCost
  /** A worker that starts over these stores. */
  start(): Wallet
  /** The browser restarts: its session store is empty. */
  restartBrowser(): void
}

/** Overrides: what new vaults cost, and how keys are derived (for real unless given). */
export interface WorldOptions {
  readonly cost?: KdfCost
  readonly derive?: DeriveKey
}

export function makeWorld(overrides: WorldOptions = {}): World {
  const clock = { nowMs: START_MS }
  const world: World = {
    vaultStore: new FakeByteStore(),
    local: new FakeTextStore(),
    session: new FakeTextStore(),
    unlockKeys: new FakeKeyStore(),
    clock,
    announced: [],
    guardFails: false,
    kdfRuns: 0,
    cost: overrides.cost ?? COST_FLOOR,
    start: () =>
      assembleWallet({
        vaultStore: world.vaultStore,
        local: world.local,
        session: world.session,
        unlockKeys: world.unlockKeys,
        clock: { nowMs: () => clock.nowMs },
        random,
        onUnlockedUntil: async (untilMs) => {
          if (world.guardFails) throw new ChatError('ledger-failed')
          world.announced.push(untilMs)
        },
        evmSigning: () => evmSigning,
        solanaSigning: () => solanaSigning,
        tools: () => ({
          ...walletTools,
          cost: world.cost,
          deriveKey: (password, parameters) => {
            world.kdfRuns++
            return (overrides.derive ?? deriveKey)(password, parameters)
          },
        }),
      }),
    restartBrowser: () => world.session.values.clear(),
  }
  return world
}

export function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** A world with one phrase wallet, locked or unlocked. */
export async function makeWalletWorld(
  state: 'locked' | 'unlocked',
  overrides: WorldOptions = {},
): Promise<{ readonly world: World; readonly wallet: Wallet }> {
  const world = makeWorld(overrides)
  const wallet = world.start()
  await wallet.create({ kind: 'phrase', phrase: JUNK_PHRASE }, PASSWORD, { phraseChecked: true })
  if (state === 'locked') await wallet.lock()
  return { world, wallet }
}
