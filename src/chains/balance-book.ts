/** Balances with their age: what was read last is kept, and a failed read never becomes zero. */
import type { AtomicAmount } from '../domain/amount.ts'
import { ChatError } from '../domain/errors.ts'
import { isEvmNetwork, PAYMENT_NETWORKS, type PaymentNetwork } from '../domain/network.ts'
import type { Balance } from './chains.ts'
import { loadBalance, saveBalance } from './kept-balance.ts'
import { knownAssets } from './known-assets.ts'
import type { ChainCache, Clock } from './ports.ts'

export interface Owners {
  readonly evm: string | null
  readonly solana: string | null
}

/** Reads the balances of one owner, in the order of the assets; throws where no endpoint answers. */
export type ReadBalances = (
  network: PaymentNetwork,
  owner: string,
  assets: readonly string[],
) => Promise<readonly AtomicAmount[]>

export interface BalanceBook {
  /** Throws where no endpoint answers. */
  readOne(network: PaymentNetwork, asset: string, owner: string): Promise<AtomicAmount>
  read(owners: Owners, networks: readonly PaymentNetwork[]): Promise<readonly Balance[]>
  last(owners: Owners): Promise<readonly Balance[]>
}

export function createBalanceBook(deps: {
  readonly read: ReadBalances
  readonly cache: ChainCache
  readonly clock: Clock
}): BalanceBook {
  /** In the order of the assets; every one is kept. */
  async function readAndKeep(network: PaymentNetwork, owner: string, assets: readonly string[]) {
    const amounts = await deps.read(network, owner, assets)
    const atMs = deps.clock.nowMs()
    return await Promise.all(
      assets.map(async (asset, index) => {
        const amount = amounts[index]
        if (amount === undefined) throw new ChatError('rpc-failed', { network })
        const kept = { amount, atMs }
        await saveBalance(deps.cache, { network, asset, owner }, kept)
        return { asset, kept }
      }),
    )
  }

  async function readNetwork(network: PaymentNetwork, owner: string): Promise<readonly Balance[]> {
    const assets = knownAssets(network)
    try {
      const read = await readAndKeep(network, owner, assets)
      return read.map(({ asset, kept }): Balance => ({ network, asset, reading: { kind: 'read', ...kept } }))
    } catch {
      return await Promise.all(
        assets.map(async (asset): Promise<Balance> => {
          const last = await loadBalance(deps.cache, { network, asset, owner })
          return { network, asset, reading: { kind: 'failed', last } }
        }),
      )
    }
  }

  return {
    async readOne(network, asset, owner) {
      const [read] = await readAndKeep(network, owner, [asset])
      if (read === undefined) throw new ChatError('rpc-failed', { network })
      return read.kept.amount
    },
    async read(owners, networks) {
      const wanted = networks.flatMap((network) => {
        const owner = ownerOn(network, owners)
        return owner === null ? [] : [readNetwork(network, owner)]
      })
      return (await Promise.all(wanted)).flat()
    },
    async last(owners) {
      const known = PAYMENT_NETWORKS.flatMap((network) => {
        const owner = ownerOn(network, owners)
        return owner === null ? [] : knownAssets(network).map((asset) => ({ network, asset, owner }))
      })
      return await Promise.all(
        known.map(async ({ network, asset, owner }): Promise<Balance> => {
          const last = await loadBalance(deps.cache, { network, asset, owner })
          return { network, asset, reading: last ? { kind: 'read', ...last } : { kind: 'failed', last } }
        }),
      )
    },
  }
}

function ownerOn(network: PaymentNetwork, owners: Owners): string | null {
  return isEvmNetwork(network) ? owners.evm : owners.solana
}
