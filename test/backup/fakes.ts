/** A browser's worth of data that can be backed up: a wallet over fake stores, a ledger, settings and gateways. */
import { assembleBackup, type BackupDeps } from '../../src/backup/assemble-backup.ts'
import type { Backup } from '../../src/backup/backup.ts'
import type { SavedGateways } from '../../src/backup/ports.ts'
import type { LedgerDump } from '../../src/ledger/ledger.ts'
import { deriveKey } from '../../src/wallet/kdf.ts'
import { COST_FLOOR, type KdfCost } from '../../src/wallet/kdf-cost.ts'
import type { Wallet } from '../../src/wallet/wallet.ts'
import { walletTools } from '../../src/wallet/wallet-tools.ts'
import { makeWorld, random, START_MS, type World, type WorldOptions } from '../wallet/fakes.ts'

export const PASSPHRASE = 'kept in a drawer at home'

export const EMPTY_DUMP: LedgerDump = {
  version: 1,
  payments: [],
  requests: [],
  transfers: [],
  grants: [],
  limits: null,
  pins: [],
}

/** A ledger of rows that nobody reads, for what only concerns the file. */
export class FakeLedger {
  merged: LedgerDump[] = []
  constructor(public dump: LedgerDump = EMPTY_DUMP) {}
  async exportAll(): Promise<LedgerDump> {
    return this.dump
  }
  async merge(dump: LedgerDump) {
    this.merged.push(dump)
    return {
      payments: dump.payments.length,
      requests: dump.requests.length,
      transfers: dump.transfers.length,
      grants: dump.grants.length,
    }
  }
}

export class FakeSettings {
  constructor(public value: unknown = { theme: 'dark' }) {}
  async exportAll(): Promise<unknown> {
    return this.value
  }
  async compare(value: unknown) {
    return { differs: JSON.stringify(value) !== JSON.stringify(this.value), servers: [] }
  }
  async restore(value: unknown): Promise<void> {
    this.value = value
  }
}

export class FakeGateways {
  /** Whether the file switches something off. */
  differs = false
  constructor(public rows: unknown[] = []) {}
  async exportAll(): Promise<SavedGateways> {
    return { own: this.rows, builtIns: null }
  }
  async compare() {
    return { differs: this.differs, servers: [] }
  }
  async merge({ own: rows }: SavedGateways, servers: boolean): Promise<number> {
    if (!servers) return 0
    const known = new Set(this.rows.map((row) => JSON.stringify(row)))
    const missing = rows.filter((row) => !known.has(JSON.stringify(row)))
    this.rows.push(...missing)
    return missing.length
  }
}

export interface Profile {
  readonly world: World
  readonly wallet: Wallet
  readonly settings: FakeSettings
  readonly gateways: FakeGateways
  readonly backup: Backup
  readonly kdf: { runs: number; readonly memoryKib: number[]; failAboveKib: number }
}

export interface ProfileOptions extends WorldOptions {
  readonly ledger?: BackupDeps['ledger']
  /** What new files cost. */
  readonly costs?: readonly KdfCost[]
}

export function makeProfile(options: ProfileOptions = {}): Profile {
  const world = makeWorld(options)
  const wallet = world.start()
  const settings = new FakeSettings()
  const gateways = new FakeGateways()
  const kdf = { runs: 0, memoryKib: [] as number[], failAboveKib: Number.POSITIVE_INFINITY }
  const backup = assembleBackup({
    wallet,
    ledger: options.ledger ?? new FakeLedger(),
    settings,
    gateways,
    clock: { nowMs: () => START_MS },
    random,
    costs: options.costs ?? [COST_FLOOR],
    tools: () => ({
      ...walletTools,
      deriveKey: async (passphrase, parameters) => {
        kdf.runs++
        kdf.memoryKib.push(parameters.memoryKib)
        if (parameters.memoryKib > kdf.failAboveKib)
          throw new RangeError('WebAssembly.Memory(): could not allocate')
        return (options.derive ?? deriveKey)(passphrase, parameters)
      },
    }),
  })
  return { world, wallet, settings, gateways, backup, kdf }
}
