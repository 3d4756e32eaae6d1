import { generateKeyPairSigner } from '@solana/kit'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Balance } from '../../src/chains/chains.ts'
import { createChains } from '../../src/chains/create-chains.ts'
import { BASE, BASE_SEPOLIA, SOLANA } from '../../src/domain/network.ts'
import { addresses } from '../lab/chains/addresses.ts'
import { SOLANA_USDC } from '../lab/chains/solana-chain.ts'
import { type EvmFixture, startEvmFixture } from './evm-fixture.ts'
import { makeCache } from './fake-ports.ts'
import { type SolanaFixture, startSolanaFixture } from './solana-fixture.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 })

let evm: EvmFixture
let solana: SolanaFixture

beforeAll(async () => {
  ;[evm, solana] = await Promise.all([startEvmFixture(), startSolanaFixture()])
})

afterEach(() => {
  for (const endpoint of [evm.first, evm.second, solana.chain, solana.second]) endpoint.setMode('ok')
})

afterAll(async () => {
  await Promise.all([evm?.stop(), solana?.stop()])
})

function make(cache = makeCache()) {
  return createChains({
    endpoints: () => ({
      [BASE]: [evm.first.url, evm.second.url],
      [BASE_SEPOLIA]: ['http://127.0.0.1:9'],
      [SOLANA]: [solana.chain.rpcUrl, solana.second.url],
      'og-registry': [],
    }),
    fetch: (url, init) => fetch(url, init),
    clock: evm.clock,
    cache,
  })
}

const amounts = (balances: readonly Balance[]) =>
  Object.fromEntries(
    balances.map(({ network, asset, reading }) => [
      `${network} ${asset}`,
      reading.kind === 'read' ? reading.amount : reading,
    ]),
  )

describe('balances', () => {
  it('are what the chains hold, with one call to each network', async () => {
    evm.first.resetCounters()
    solana.chain.resetCounters()
    const read = await make().balances({ evm: evm.payer.address, solana: solana.payer.address }, [
      BASE,
      SOLANA,
    ])
    expect(amounts(read)).toEqual({
      [`${BASE} ${addresses.baseUsdc}`]: 25_000_000n,
      [`${BASE} ${addresses.baseOpg}`]: 100n * 10n ** 18n,
      [`${BASE} native`]: 10n ** 17n,
      [`${SOLANA} ${SOLANA_USDC}`]: 25_000_000n,
      [`${SOLANA} native`]: 0n,
    })
    expect(evm.first.counters()).toEqual({ eth_call: 1 })
    expect(solana.chain.counters()).toEqual({ getMultipleAccounts: 1 })
  })

  it('leave out a network on which there is no account', async () => {
    const read = await make().balances({ evm: null, solana: solana.payer.address })
    expect(new Set(read.map(({ network }) => network))).toEqual(new Set([SOLANA]))
  })

  it('of a dead endpoint come from the other one', async () => {
    evm.first.setMode('dead')
    const chains = make()
    expect(await chains.balanceOf(BASE, addresses.baseUsdc, evm.payer.address)).toBe(25_000_000n)
  })

  it('that cannot be read say so, never zero, and keep what was read last with its age', async () => {
    const cache = makeCache()
    const owners = { evm: evm.payer.address, solana: solana.payer.address }
    const [before] = await make(cache).balances(owners, [BASE])
    evm.first.setMode('dead')
    evm.second.setMode('dead')
    const after = await make(cache).balances(owners, [BASE, BASE_SEPOLIA])
    expect(after[0]?.reading).toEqual({
      kind: 'failed',
      last: { amount: 25_000_000n, atMs: before?.reading.kind === 'read' ? before.reading.atMs : -1 },
    })
    const sepolia = after.filter(({ network }) => network === BASE_SEPOLIA)
    expect(sepolia.map(({ reading }) => reading)).toEqual(Array(3).fill({ kind: 'failed', last: null }))
    await expect(make(cache).balanceOf(BASE, addresses.baseUsdc, evm.payer.address)).rejects.toMatchObject({
      reason: 'rpc-failed',
      facts: { network: BASE },
    })
  })

  it('are known at once to the next worker, without a call', async () => {
    const cache = makeCache()
    const owners = { evm: evm.payer.address, solana: null }
    await make(cache).balances(owners, [BASE])
    evm.first.resetCounters()
    const last = await make(cache).lastBalances(owners)
    expect(amounts(last)[`${BASE} ${addresses.baseUsdc}`]).toBe(25_000_000n)
    expect(amounts(last)[`${BASE_SEPOLIA} native`]).toEqual({ kind: 'failed', last: null })
    expect(evm.first.counters()).toEqual({})
  })

  it('of a token whose contract is not there are a failure', async () => {
    await expect(make().balanceOf(BASE, addresses.sepoliaUsdc, evm.payer.address)).rejects.toMatchObject({
      reason: 'rpc-failed',
    })
  })

  it('of an owner without a token account are zero', async () => {
    const nobody = await generateKeyPairSigner()
    expect(await make().balanceOf(SOLANA, SOLANA_USDC, nobody.address)).toBe(0n)
  })
})

describe('chainTime', () => {
  it("is the chain's, not the computer's", async () => {
    await evm.chain.warp(5_000)
    await solana.chain.warp(5_000)
    const chains = make()
    expect(await chains.chainTime(BASE)).toBe(await evm.chain.now())
    // The newest finalized block is 32 slots of 0.4 s old.
    const behind = (await solana.chain.now()) - (await chains.chainTime(SOLANA))
    expect(behind).toBeGreaterThanOrEqual(12)
    expect(behind).toBeLessThanOrEqual(15)
  })

  it('is asked for once in three seconds', async () => {
    const chains = make()
    evm.first.resetCounters()
    await Promise.all([chains.chainTime(BASE), chains.chainTime(BASE)])
    expect(evm.first.counters()).toEqual({ eth_getBlockByNumber: 1 })
    evm.clock.move(3_500)
    await chains.chainTime(BASE)
    expect(evm.first.counters()).toEqual({ eth_getBlockByNumber: 2 })
  })
})

describe('testEndpoint', () => {
  it('accepts an endpoint of the network, by chain id or genesis hash', async () => {
    const chains = make()
    expect(await chains.testEndpoint(BASE, evm.first.url)).toMatchObject({ ok: true, detail: 'ok' })
    expect(await chains.testEndpoint(SOLANA, solana.second.url)).toMatchObject({ ok: true, detail: 'ok' })
  })

  it('refuses one of another chain, and one that is dead', async () => {
    const chains = make()
    expect(await chains.testEndpoint(BASE_SEPOLIA, evm.first.url)).toMatchObject({
      ok: false,
      detail: 'another chain',
    })
    expect(await chains.testEndpoint('og-registry', evm.first.url)).toMatchObject({ ok: false })
    expect((await chains.testEndpoint(SOLANA, evm.first.url)).ok).toBe(false)
    evm.first.setMode('dead')
    expect(await chains.testEndpoint(BASE, evm.first.url)).toMatchObject({ ok: false, detail: 'unreachable' })
  })
})
