import type { LedgerDump } from '../ledger/ledger.ts'
import { isSameWallet } from '../wallet/creation.ts'
import { type Identity, readVault } from '../wallet/vault-file.ts'
import type { WalletStatus } from '../wallet/wallet.ts'
import type { BackupContent } from './content.ts'

/** How many rows of each kind. */
export interface RowCounts {
  readonly payments: number
  readonly requests: number
  readonly transfers: number
  readonly grants: number
}

export const NO_ROWS: RowCounts = { payments: 0, requests: 0, transfers: 0, grants: 0 }

/** What is inside a backup, and what restoring it here would change. */
export interface BackupSummary extends RowCounts {
  readonly createdAtMs: number
  readonly evm: string | null
  readonly solana: string | null
  /** Compared with the wallet here; 'other' also where the wallet here is damaged and cannot be compared. */
  readonly wallet: 'same' | 'other' | 'none-here' | 'none-inside'
  /** Whether history and budgets are in it; not where they could not be read. Then the counts say nothing. */
  readonly books: 'inside' | 'none-inside'
  readonly gateways: number
  /** Settings and gateways against those here, servers aside: the person says whose hold afterwards. */
  readonly settings: 'same' | 'other' | 'none-inside'
  /** Addresses of gateways and RPC endpoints that are not asked here now; they come in only where the person says so. */
  readonly servers: readonly string[]
  /** Rows that are not here yet. Grants among them come in paused; limits are never raised. */
  readonly adds: RowCounts
}

/** The identity in the content's vault; undefined where its bytes are not a readable vault. */
export async function readIdentity(content: BackupContent): Promise<Identity | null | undefined> {
  if (content.vault === null) return null
  return (await readVault(content.vault))?.identity
}

interface Difference {
  readonly differs: boolean
  readonly servers: readonly string[]
}

export function summarise(
  content: BackupContent,
  inside: Identity | null,
  here: {
    readonly status: WalletStatus
    readonly ledger: LedgerDump
    readonly settings: Difference
    readonly gateways: Difference
  },
): BackupSummary {
  return {
    createdAtMs: content.createdAtMs,
    evm: inside?.addresses.evm ?? null,
    solana: inside?.addresses.solana ?? null,
    wallet: compare(inside, here.status),
    ...(content.ledger === null ? NO_ROWS : countRows(content.ledger, () => true)),
    books: content.ledger === null ? 'none-inside' : 'inside',
    gateways: content.gateways.length,
    settings: compareSettings(content, here),
    servers: [...new Set([...here.gateways.servers, ...here.settings.servers])],
    adds: content.ledger === null ? NO_ROWS : countMissing(content.ledger, here.ledger),
  }
}

function compareSettings(
  content: BackupContent,
  here: { readonly settings: Difference; readonly gateways: Difference },
): BackupSummary['settings'] {
  if (here.settings.differs || here.gateways.differs) return 'other'
  return content.settings === null ? 'none-inside' : 'same'
}

function compare(inside: Identity | null, here: WalletStatus): BackupSummary['wallet'] {
  if (inside === null) return 'none-inside'
  switch (here.kind) {
    case 'none':
      return 'none-here'
    case 'damaged':
      return 'other'
    case 'locked':
    case 'unlocked':
      return isSameWallet(inside, here) ? 'same' : 'other'
  }
}

const KINDS = [
  ['payments', 'id'],
  ['requests', 'id'],
  ['transfers', 'id'],
  ['grants', 'principal'],
] as const

function countMissing(inside: LedgerDump, here: LedgerDump): RowCounts {
  const known = new Set(
    KINDS.flatMap(([kind, field]) => here[kind].map((row) => `${kind} ${keyOf(row, field)}`)),
  )
  return countRows(inside, (kind, key) => !known.has(`${kind} ${key}`))
}

function countRows(dump: LedgerDump, counts: (kind: string, key: string) => boolean): RowCounts {
  const count = (index: 0 | 1 | 2 | 3): number => {
    const [kind, field] = KINDS[index]
    return dump[kind].filter((row) => counts(kind, keyOf(row, field))).length
  }
  return { payments: count(0), requests: count(1), transfers: count(2), grants: count(3) }
}

function keyOf(row: unknown, field: 'id' | 'principal'): string {
  if (typeof row !== 'object' || row === null || !(field in row)) return ''
  return String(Object.getOwnPropertyDescriptor(row, field)?.value)
}
