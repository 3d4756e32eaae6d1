/** What the wallet's operations share. */
import { type BackOff, createBackOff } from './back-off.ts'
import { type Copies, createCopies } from './copies.ts'
import type { EvmSigning } from './evm-signing.ts'
import { createKeyring, type Keyring } from './keyring.ts'
import type { Bytes, WalletPorts } from './ports.ts'
import { createQueue, type Queue } from './queue.ts'
import type { SolanaSigning } from './solana-signing.ts'
import { readStatus } from './status.ts'
import { createUnlockedState, type UnlockedState } from './unlocked-state.ts'
import type { WalletStatus } from './wallet.ts'
import type { WalletTools } from './wallet-tools.ts'

/** Each is called when it is needed, so that it may be loaded then. */
export interface WalletCode {
  readonly tools: () => WalletTools
  readonly evmSigning: () => EvmSigning
  readonly solanaSigning: () => SolanaSigning
}

export interface WalletDeps extends WalletPorts, WalletCode {}

export interface Context {
  readonly ports: WalletPorts
  readonly tools: () => WalletTools
  readonly copies: Copies
  readonly backOff: BackOff
  readonly unlocked: UnlockedState
  readonly keyring: Keyring
  /** Everything that writes runs through it, one at a time. */
  readonly queue: Queue
  readonly listeners: Set<(status: WalletStatus) => void>
  /** Resolves once the guard was told what holds since the start; tries again after a failure. */
  ready(): Promise<void>
}

export function createContext(deps: WalletDeps): Context {
  const copies = createCopies(deps)
  const unlocked = createUnlockedState(deps)
  const queue = createQueue()
  const keyring = createKeyring({
    copies,
    unlocked,
    onUnusable: (recordText) => queue.run(() => lockUnusable(context, recordText)),
  })
  let resumed: Promise<void> | null = null
  const ready = (): Promise<void> => {
    resumed ??= queue
      .run(() => resume(context))
      .catch((error: unknown) => {
        resumed = null
        throw error
      })
    return resumed
  }
  const context: Context = {
    ports: deps,
    tools: deps.tools,
    copies,
    backOff: createBackOff(deps.local, deps.clock),
    unlocked,
    keyring,
    queue,
    listeners: new Set(),
    ready,
  }
  // Started at once; whoever needs it waits for it and gets its error.
  void ready().catch(() => undefined)
  return context
}

/** Wipes keys in memory and both halves of the unlocked state, and tells the guard, even where one of these fails. */
export async function lockNow(context: Context): Promise<void> {
  context.keyring.forget()
  const done = await Promise.allSettled([context.unlocked.end(), announce(context, 0)])
  for (const result of done) if (result.status === 'rejected') throw result.reason
}

/** Expired by now, or still the very record that did not open: locks. Anything newer is left alone. */
export async function lockUnusable(context: Context, recordText: string | null): Promise<void> {
  const read = await context.unlocked.read()
  if (read.kind === 'locked' || (read.kind === 'open' && read.record.text !== recordText)) return
  await lockNow(context)
  await emit(context)
}

/** Unlocked, with the guard's knowledge; where the guard cannot be told, locked again with its error. Returns the deadline, unix ms. */
export async function beginUnlocked(context: Context, vaultId: Bytes, dataKey: Bytes): Promise<number> {
  const untilMs = await context.unlocked.begin(vaultId, dataKey)
  try {
    await announce(context, untilMs)
  } catch (error) {
    await context.unlocked.end()
    throw error
  }
  return untilMs
}

async function announce(context: Context, untilMs: number): Promise<void> {
  await context.ports.onUnlockedUntil(untilMs)
}

/** Tells every listener, and the caller, how the wallet stands now. */
export async function emit(context: Context): Promise<WalletStatus> {
  const status = await readStatus(context)
  for (const listener of context.listeners) listener(status)
  return status
}

/** At every start: what a browser restart left is wiped, and the guard learns the deadline that holds. */
async function resume(context: Context): Promise<void> {
  const read = await context.unlocked.read()
  if (read.kind === 'open') await announce(context, read.record.untilMs)
  else await lockNow(context)
}
