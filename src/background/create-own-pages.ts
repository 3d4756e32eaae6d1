/** What only the extension's own pages reach: their methods, conversations, transfers and backup. Loaded when the first of them calls. */
import { createBackup } from '../backup/create-backup.ts'
import type { Chat } from '../chat/chat.ts'
import { createChat } from '../chat/create-chat.ts'
import type { ChatDeps } from '../chat/ports.ts'
import type { Settings } from '../protocol/settings.ts'
import { createTransfers } from '../transfers/create-transfers.ts'
import type { TransfersDeps } from '../transfers/ports.ts'
import type { Transfers } from '../transfers/transfers.ts'
import type { RandomBytes } from '../wallet/ports.ts'
import { gatewaysForBackup, settingsForBackup } from './backup-ports.ts'
import type { BackgroundDeps } from './deps.ts'
import { createFileDesk } from './file-desk.ts'
import { createSecretBox } from './secret-box.ts'
import type { StoredGateways } from './stored-gateways.ts'
import { routeUi } from './ui-router.ts'

export interface OwnPagesDeps
  extends Omit<BackgroundDeps, 'chat' | 'transfers' | 'backup' | 'box' | 'files'> {
  readonly conversations: ChatDeps['store']
  readonly browserRunId: ChatDeps['browserRunId']
  /** Tells open panels. */
  readonly pushChat: ChatDeps['push']
  readonly outbox: TransfersDeps['outbox']
  readonly wakeTransfers: TransfersDeps['wake']
  readonly storedGateways: { get(): Promise<StoredGateways>; set(value: StoredGateways): Promise<void> }
  readonly settings: { get(): Promise<Settings>; set(settings: Settings): Promise<void> }
  /** A lab build also takes servers on loopback. */
  readonly allowLoopback: boolean
  readonly clock: ChatDeps['clock']
  readonly newId: () => string
  readonly random: RandomBytes
}

export interface OwnPages {
  /** Answers a UiReply, whatever comes; never rejects. */
  route(call: { readonly method: unknown; readonly params: unknown }): Promise<unknown>
  offerIntent(intent: Parameters<Chat['offerIntent']>[0]): void
  resumeChat(): Promise<void>
  pruneChat(): Promise<void>
  /** How many transfers are still on their way. */
  resumeTransfers: Transfers['resume']
}

export function createOwnPages(deps: OwnPagesDeps): OwnPages {
  const { wallet, ledger, chains, inference, clock, newId } = deps
  const chat = createChat({
    ...{ inference, ledger, clock, newId },
    store: deps.conversations,
    browserRunId: deps.browserRunId,
    settings: deps.settings.get,
    push: deps.pushChat,
  })
  const transfers = createTransfers({
    ...{ ledger, chains, wallet, clock, newId },
    outbox: deps.outbox,
    wake: deps.wakeTransfers,
    sleep: clock.sleep,
  })
  const backup = createBackup({
    ...{ wallet, ledger, clock },
    random: deps.random,
    settings: settingsForBackup(deps.settings, deps.allowLoopback),
    gateways: gatewaysForBackup(deps.storedGateways, {
      allowLoopback: deps.allowLoopback,
      builtInIds: async () =>
        (await deps.gateways.configs()).filter(({ builtIn }) => builtIn).map(({ id }) => id),
    }),
  })
  const routed: BackgroundDeps = {
    ...deps,
    chat,
    transfers,
    backup,
    box: createSecretBox(),
    files: createFileDesk(newId),
  }
  return {
    route: (call) => routeUi(routed, call),
    offerIntent: chat.offerIntent,
    resumeChat: chat.resume,
    pruneChat: chat.prune,
    resumeTransfers: transfers.resume,
  }
}
