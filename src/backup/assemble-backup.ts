import { ChatError } from '../domain/errors.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { copyBytes } from '../wallet/bytes.ts'
import type { KdfCost } from '../wallet/kdf-cost.ts'
import type { RandomBytes } from '../wallet/ports.ts'
import type { Identity } from '../wallet/vault-file.ts'
import type { Wallet } from '../wallet/wallet.ts'
import type { WalletTools } from '../wallet/wallet-tools.ts'
import type { Backup, Restored, RestoreOptions } from './backup.ts'
import { BACKUP_COSTS, openBackup, sealBackup } from './backup-file.ts'
import { type BackupContent, packContent, unpackContent } from './content.ts'
import type { Clock, GatewaysPort, SavedGateways, SettingsPort } from './ports.ts'
import { withoutSpentPayloads } from './spent-payloads.ts'
import { type BackupSummary, NO_ROWS, readIdentity, summarise } from './summary.ts'

export interface BackupDeps {
  readonly wallet: Pick<Wallet, 'status' | 'exportVault' | 'importVault'>
  readonly ledger: Pick<Ledger, 'exportAll' | 'merge'>
  readonly settings: SettingsPort
  readonly gateways: GatewaysPort
  readonly clock: Clock
  readonly random: RandomBytes
  /** Called when they are needed, so that they may be loaded then. */
  readonly tools: () => Pick<WalletTools, 'deriveKey' | 'findPasswordProblem'>
  /** What new files cost, dearest first; the shipped ones unless given. */
  readonly costs?: readonly KdfCost[]
}

interface Opened {
  readonly content: BackupContent
  readonly inside: Identity | null
  readonly summary: BackupSummary
}

/** Backup over tools that may be loaded late; `createBackup` has them in one bundle. */
export function assembleBackup(deps: BackupDeps): Backup {
  return {
    async exportFile(passphrase, { books } = { books: true }) {
      const tools = deps.tools()
      const problem = tools.findPasswordProblem(passphrase)
      if (problem !== null) throw new ChatError('invalid-body', { problem })
      const content = await packContent(await collect(deps, books))
      return sealBackup(content, passphrase, {
        random: deps.random,
        deriveKey: tools.deriveKey,
        costs: deps.costs ?? BACKUP_COSTS,
      })
    },
    inspect: async (file, passphrase) => (await openFile(deps, file, passphrase)).summary,
    async restore(file, passphrase, options) {
      const opened = await openFile(deps, file, passphrase)
      if (opened.summary.wallet === 'other' && !options.replaceWallet) {
        throw new ChatError('invalid-body', { problem: 'another-wallet' })
      }
      return apply(deps, opened, { servers: false, settings: 'file', ...options })
    },
  }
}

async function collect(deps: BackupDeps, books: boolean): Promise<BackupContent> {
  const [vault, settings, gateways, ledger] = await Promise.all([
    deps.wallet.exportVault(),
    deps.settings.exportAll(),
    deps.gateways.exportAll(),
    books ? deps.ledger.exportAll() : null,
  ])
  return {
    createdAtMs: deps.clock.nowMs(),
    vault: vault && copyBytes(vault),
    settings,
    gateways: gateways.own,
    builtIns: gateways.builtIns,
    ledger: ledger && { ...ledger, payments: withoutSpentPayloads(ledger.payments) },
  }
}

async function openFile(deps: BackupDeps, file: Uint8Array, passphrase: string): Promise<Opened> {
  const content = await unpackContent(await openBackup(file, passphrase, deps.tools()))
  const inside = await readIdentity(content)
  if (inside === undefined) throw new ChatError('invalid-body', { problem: 'backup-damaged' })
  const [status, ledger, settings, gateways] = await Promise.all([
    deps.wallet.status(),
    deps.ledger.exportAll(),
    deps.settings.compare(content.settings),
    deps.gateways.compare(savedGateways(content)),
  ])
  const here = { status, ledger, settings, gateways }
  return { content, inside, summary: summarise(content, inside, here) }
}

/** The ledger comes first, so that a restored wallet never signs before what it has spent is known; settings last, so that they never keep a wallet away. */
async function apply(deps: BackupDeps, opened: Opened, options: Required<RestoreOptions>): Promise<Restored> {
  const { content, summary } = opened
  const { replaceWallet } = options
  const rows = content.ledger === null ? NO_ROWS : await deps.ledger.merge({ ...content.ledger, pins: [] })
  if (content.vault !== null && (replaceWallet || summary.wallet === 'none-here')) {
    await deps.wallet.importVault(content.vault, { replace: replaceWallet })
  }
  const gateways = options.settings === 'here' ? 0 : await takeSettings(deps, content, options.servers)
  return { ...summary, added: { ...rows, gateways } }
}

/** Returns how many gateways were added. */
async function takeSettings(deps: BackupDeps, content: BackupContent, servers: boolean): Promise<number> {
  const gateways = await deps.gateways.merge(savedGateways(content), servers)
  if (content.settings !== null) await deps.settings.restore(content.settings, servers)
  return gateways
}

function savedGateways({ gateways, builtIns }: BackupContent): SavedGateways {
  return { own: gateways, builtIns }
}
