/** What handlers need; joined once in entrypoints/background.ts. */
import type { Backup } from '../backup/create-backup.ts'
import type { Chains } from '../chains/chains.ts'
import type { Chat } from '../chat/chat.ts'
import type { Approvals } from '../inference/approvals.ts'
import type { Inference } from '../inference/inference.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Settings } from '../protocol/settings.ts'
import type { PageRead, Sealed } from '../protocol/ui-protocol.ts'
import type { BalanceView, DiagnosticsView } from '../protocol/ui-views.ts'
import type { Transfers } from '../transfers/transfers.ts'
import type { Wallet } from '../wallet/wallet.ts'
import type { FileDesk } from './file-desk.ts'
import type { GatewayBook } from './gateway-book.ts'

/** Opens and seals secrets that cross contexts. */
export interface SecretBox {
  publicKey(): Promise<string>
  /** Throws ChatError 'restarting' for a box that was sealed for an earlier worker. */
  open(box: Sealed): Promise<string>
  sealFor(publicKey: string, secret: string): Promise<Sealed>
}

/** The last balances read, kept between starts of the worker. */
export interface BalanceKeeper {
  views(): Promise<readonly BalanceView[]>
  refresh(): Promise<void>
}

/** Prompts, kept only where the person switched that on. */
export interface PromptBook {
  get(requestId: string): Promise<string | null>
}

export interface BackgroundDeps {
  readonly wallet: Wallet
  readonly ledger: Ledger
  readonly chains: Chains
  readonly transfers: Transfers
  readonly backup: Backup
  readonly inference: Inference
  readonly chat: Chat
  readonly approvals: Approvals
  readonly gateways: GatewayBook
  readonly settings: { get(): Promise<Settings>; set(settings: Settings): Promise<void> }
  readonly balances: BalanceKeeper
  readonly prompts: PromptBook
  readonly box: SecretBox
  readonly files: FileDesk
  /** Drops what is kept of payments and transfers outside the ledger: prompts, signed bytes, session ids. */
  readonly forget: () => Promise<void>
  readonly clock: { nowMs(): number }
  readonly readPage: (tabId: number, what: 'page' | 'selection') => Promise<PageRead>
  readonly diagnostics: () => Promise<DiagnosticsView>
  /** Whether the browser says it is online. */
  readonly isOnline: () => boolean
}
