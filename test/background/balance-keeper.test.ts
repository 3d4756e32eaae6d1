import { describe, expect, it } from 'vitest'
import { createBalanceKeeper } from '../../src/background/balance-keeper.ts'
import { saveBalance } from '../../src/chains/kept-balance.ts'
import { toAtomic } from '../../src/domain/amount.ts'
import { BASE } from '../../src/domain/network.ts'
import { createFakeClock, settle } from '../inference/fake-clock.ts'

const NAME = { network: BASE, asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913', owner: '0xowner' } as const

async function makePaying(kept: { amount: bigint; ageMs: number } | null) {
  const time = createFakeClock()
  const store = new Map<string, unknown>()
  const cache = {
    get: async (key: string) => store.get(key),
    set: async (key: string, value: unknown) => void store.set(key, value),
  }
  if (kept)
    await saveBalance(cache, NAME, {
      amount: toAtomic(kept.amount),
      atMs: time.clock.nowMs() - kept.ageMs,
    })
  let refreshes = 0
  const { paying } = createBalanceKeeper({
    wallet: {
      status: async () => ({
        ...({ kind: 'locked', phraseChecked: true, hasPhrase: true, retryAtMs: null } as const),
        addresses: { evm: '0xowner', solana: null },
      }),
    },
    chains: {
      // Never answers: whoever waits for it hangs.
      balances: () => {
        refreshes++
        return new Promise(() => undefined)
      },
      lastBalances: () => Promise.reject(new Error('the chains are not needed')),
      balanceOf: () => Promise.reject(new Error('the chains are not needed')),
    },
    ...{ cache, clock: time.clock, onRead: () => undefined },
  })
  return {
    ...time,
    store,
    known: () => paying.known(BASE, NAME.asset, NAME.owner),
    refreshes: () => refreshes,
  }
}

describe('the balance that a payment relies on', () => {
  it('is the one that was read last, without asking a chain', async () => {
    const test = await makePaying({ amount: 5n, ageMs: 9 * 60_000 })
    expect(await test.known()).toBe(5n)
    expect(test.refreshes()).toBe(0)
  })

  it('does not wait for a chain when it is old: it is read again beside the payment', async () => {
    const test = await makePaying({ amount: 5n, ageMs: 11 * 60_000 })
    expect(await test.known()).toBe(5n)
    await settle()
    expect(test.refreshes()).toBe(1)
  })

  it('is read again where the clock was set back', async () => {
    const test = await makePaying({ amount: 5n, ageMs: -60_000 })
    expect(await test.known()).toBe(5n)
    await settle()
    expect(test.refreshes()).toBe(1)
  })

  it.each([
    ['nothing was read', null],
    ['what is kept is no balance', 'x'],
    ['its amount is no amount', { amount: '1.5', atMs: 1 }],
    ['its age is missing', { amount: '1' }],
  ])('is unknown where %s', async (_name, value) => {
    const test = await makePaying(null)
    test.store.set(`balance ${BASE} ${NAME.asset} ${NAME.owner}`, value)
    expect(await test.known()).toBeNull()
  })
})
