import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import { assetOf } from '../../src/domain/asset.ts'
import type { Budget, Grant } from '../../src/domain/budget.ts'
import { defaultBudget } from '../../src/domain/default-limits.ts'
import { ChatError } from '../../src/domain/errors.ts'
import { BASE, type PaymentNetwork, SOLANA } from '../../src/domain/network.ts'
import { PANEL } from '../../src/domain/principal.ts'
import type { Terms } from '../../src/inference/terms.ts'
import { keepWarm, warmFor } from '../../src/inference/warm-up.ts'
import { SITE } from '../ledger/make-ledger.ts'
import { createFakeClock, settle } from './fake-clock.ts'

const ADDRESSES = {
  evm: '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A',
  solana: '7EYnhQoR9YM3N7UoaKRoA44Uy8JeaZV3qyouov87awMs',
} as const

function grantOf(budgets: Grant['budgets']): Grant {
  return { principal: SITE, mode: 'auto', budgets, settlement: null, revision: 1 } as Grant
}

function makeWarm(grant: Grant | null = null) {
  const time = createFakeClock()
  const anchorsAtMs: number[] = []
  const mints: string[] = []
  let wallets = 0
  let rpcDead = false
  const deps = {
    clock: time.clock,
    ledger: { getGrant: async () => grant },
    wallet: { warm: async () => void wallets++ },
    chains: {
      solanaAnchor: async () => {
        if (rpcDead) throw new ChatError('rpc-failed')
        anchorsAtMs.push(time.clock.nowMs())
        return { blockhash: 'hash', lastValidBlockHeight: 1n, atMs: time.clock.nowMs() }
      },
    },
    payments: { warmSolana: async ({ account }: { account: string }) => void mints.push(account) },
    solanaRpcUrl: async () => 'https://rpc.example',
  } as unknown as Parameters<typeof warmFor>[0]
  return {
    ...{ deps, time, anchorsAtMs, mints },
    wallets: () => wallets,
    killRpc: () => {
      rpcDead = true
    },
  }
}

function termsOn(network: PaymentNetwork): Terms {
  const asset = assetOf('USDC', network)
  return { offer: { asset, amount: toAtomic(1n) } } as unknown as Terms
}

describe('warming up for a call', () => {
  it('is for whoever has a budget, and for the panel', async () => {
    const budgets = { USDC: { ...defaultBudget(SITE, 'USDC'), id: 'b' } as Budget }
    const withBudget = makeWarm(grantOf(budgets))
    await warmFor(withBudget.deps, SITE)
    expect(withBudget.wallets()).toBe(1)
    const panel = makeWarm()
    await warmFor(panel.deps, PANEL)
    expect(panel.wallets()).toBe(1)
  })

  it('does nothing for a page that a person never gave anything', async () => {
    for (const grant of [null, grantOf({})]) {
      const test = makeWarm(grant)
      await warmFor(test.deps, SITE)
      expect(test.wallets()).toBe(0)
    }
  })
})

describe('warming up while a person reads', () => {
  it('keeps a blockhash of Solana younger than 15 s, until the answer', async () => {
    const { deps, time, anchorsAtMs, mints } = makeWarm()
    const stop = keepWarm(deps, termsOn(SOLANA), ADDRESSES)
    await time.pass(60_000)
    const gaps = anchorsAtMs.slice(1).map((atMs, index) => atMs - (anchorsAtMs[index] ?? 0))
    expect(anchorsAtMs.length).toBeGreaterThanOrEqual(5)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(15_000)
    expect(new Set(mints)).toEqual(new Set([ADDRESSES.solana]))
    stop()
    const read = anchorsAtMs.length
    await time.pass(60_000)
    expect(anchorsAtMs).toHaveLength(read)
  })

  it('asks no chain on Base: keys and tables are all that it needs', async () => {
    const test = makeWarm()
    const stop = keepWarm(test.deps, termsOn(BASE), ADDRESSES)
    await settle()
    stop()
    expect(test.wallets()).toBe(1)
    expect(test.anchorsAtMs).toHaveLength(0)
  })

  it('survives an RPC endpoint that fails', async () => {
    const test = makeWarm()
    test.killRpc()
    const stop = keepWarm(test.deps, termsOn(SOLANA), ADDRESSES)
    await test.time.pass(30_000)
    stop()
    expect(test.wallets()).toBeGreaterThan(1)
  })
})
