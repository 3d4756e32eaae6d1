/** Balances for screens and for choosing a network: read together, kept with their age, never zero by failure. */

import type { Balance, Chains } from '../chains/chains.ts'
import { loadBalance } from '../chains/kept-balance.ts'
import type { ChainCache } from '../chains/ports.ts'
import { type AtomicAmount, formatAtomic } from '../domain/amount.ts'
import { findAsset } from '../domain/asset.ts'
import type { PaymentNetwork } from '../domain/network.ts'
import type { BalanceView } from '../protocol/ui-views.ts'
import type { Addresses, Wallet } from '../wallet/wallet.ts'
import type { BalanceKeeper } from './deps.ts'
import { assetWords } from './views/transfer-view.ts'

/** A balance older than this is read again beside the payment that relies on it: one that is too small is read again anyway. */
const GOOD_FOR_MS = 10 * 60_000
/** Refreshes that are asked for while one runs, or right after it, join it. */
const MIN_PAUSE_MS = 1_500

export interface PayingBalances {
  /** As last read, however old: without a chain, and without the code that asks one. */
  known(network: PaymentNetwork, asset: string, owner: string): Promise<AtomicAmount | null>
  read(network: PaymentNetwork, asset: string, owner: string): Promise<AtomicAmount>
  refresh(): void
}

export interface BalanceKeeperDeps {
  readonly wallet: Pick<Wallet, 'status'>
  readonly chains: Pick<Chains, 'balances' | 'lastBalances' | 'balanceOf'>
  /** Where the chains keep what they read. */
  readonly cache: ChainCache
  readonly clock: { nowMs(): number }
  readonly onRead: () => void
}

export function createBalanceKeeper(deps: BalanceKeeperDeps): {
  keeper: BalanceKeeper
  paying: PayingBalances
} {
  let running: Promise<void> | undefined
  let lastReadMs = Number.NEGATIVE_INFINITY
  /** The newest try, where it failed: the cache knows successes only. */
  let failed: { readonly owner: string; readonly balances: readonly Balance[] } | undefined

  async function addresses(): Promise<Addresses | null> {
    const status = await deps.wallet.status()
    return status.kind === 'locked' || status.kind === 'unlocked' ? status.addresses : null
  }

  async function readAll(): Promise<void> {
    const owners = await addresses()
    if (!owners) return
    const read = await deps.chains.balances(owners)
    failed = { owner: nameOf(owners), balances: read.filter(({ reading }) => reading.kind === 'failed') }
    lastReadMs = deps.clock.nowMs()
    deps.onRead()
  }

  function refresh(): Promise<void> {
    const justRead = Math.abs(deps.clock.nowMs() - lastReadMs) < MIN_PAUSE_MS
    if (justRead) return Promise.resolve()
    running ??= readAll().finally(() => {
      running = undefined
    })
    return running
  }

  const refreshBehind = () => void refresh().catch(() => undefined)

  return {
    keeper: {
      async views() {
        const owners = await addresses()
        if (!owners) return []
        const last = await deps.chains.lastBalances(owners)
        const lately = failed?.owner === nameOf(owners) ? failed.balances : []
        return last.map((balance) => balanceView(lately.find((one) => isSame(one, balance)) ?? balance))
      },
      refresh,
    },
    paying: {
      async known(network, asset, owner) {
        const kept = await loadBalance(deps.cache, { network, asset, owner })
        if (!kept) return null
        const ageMs = deps.clock.nowMs() - kept.atMs
        if (ageMs < 0 || ageMs >= GOOD_FOR_MS) refreshBehind()
        return kept.amount
      },
      read: (network, asset, owner) => deps.chains.balanceOf(network, asset, owner),
      refresh: refreshBehind,
    },
  }
}

function nameOf({ evm, solana }: Addresses): string {
  return `${evm} ${solana}`
}

function isSame(one: Balance, other: Balance): boolean {
  return one.network === other.network && one.asset === other.asset
}

function balanceView({ network, asset, reading }: Balance): BalanceView {
  const row = findAsset(network, asset)
  const last = reading.kind === 'read' ? reading : reading.last
  return {
    network,
    currency: row?.currency ?? null,
    asset,
    ...assetWords(network, asset),
    amount: last ? formatAtomic(last.amount) : null,
    atMs: last?.atMs ?? null,
    failed: reading.kind === 'failed',
  }
}
