import { createSolanaRpc, generateKeyPairSigner, mainnet } from '@solana/kit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SOLANA_USDC, type SolanaChain, startSolanaChain } from '../../solana-chain.ts'

let chain: SolanaChain

beforeEach(async () => {
  chain = await startSolanaChain()
})

afterEach(() => chain.stop())

const post = (body: string, url = chain.rpcUrl) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })

const call = async (method: string, params: unknown[] = []) =>
  await (await post(JSON.stringify({ jsonrpc: '2.0', id: 7, method, params }))).json()

describe('the wire', () => {
  it('lets a browser in', async () => {
    const preflight = await fetch(chain.rpcUrl, { method: 'OPTIONS' })
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('*')
    const answer = await post(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'getHealth' }))
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(await answer.json()).toEqual({ jsonrpc: '2.0', result: 'ok', id: 1 })
  })

  it('answers a batch in its order', async () => {
    const batch = ['getHealth', 'getNothing', 'getGenesisHash'].map((method, id) => ({
      jsonrpc: '2.0',
      id,
      method,
    }))
    expect(await (await post(JSON.stringify(batch))).json()).toEqual([
      { jsonrpc: '2.0', result: 'ok', id: 0 },
      { jsonrpc: '2.0', error: { code: -32601, message: 'Method not found' }, id: 1 },
      { jsonrpc: '2.0', result: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d', id: 2 },
    ])
  })

  it('writes 64-bit numbers as bare integers', async () => {
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'getAccountInfo',
      params: [SOLANA_USDC, { encoding: 'base64' }],
    })
    expect(await (await post(body)).text()).toContain('"rentEpoch":18446744073709551615')
  })

  it.each([
    ['text that is not JSON', '{', { code: -32700, message: 'Parse error' }],
    [
      'a request without a version',
      '{"id":null,"method":"getHealth"}',
      { code: -32600, message: 'Invalid request' },
    ],
    ['an empty batch', '[]', { code: -32600, message: 'Invalid request' }],
  ])('refuses %s', async (_, body, error) => {
    expect(await (await post(body)).json()).toEqual({ jsonrpc: '2.0', error, id: null })
  })

  it('refuses a body that is not declared as JSON', async () => {
    expect((await fetch(chain.rpcUrl, { method: 'POST', body: '{}' })).status).toBe(415)
  })
})

describe('parameters', () => {
  const wallet = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk'

  it.each([
    ['getBalance', [], '`params` should have at least 1 argument(s)'],
    ['getBalance', ['0OIl'], 'Invalid param: Invalid'],
    ['getBalance', ['abc'], 'Invalid param: WrongSize'],
    ['getTokenAccountBalance', [wallet], 'Invalid param: could not find account'],
    ['getTokenAccountBalance', [SOLANA_USDC], 'Invalid param: not a Token account'],
    ['getTokenAccountsByOwner', [wallet, { mint: wallet }], 'Invalid param: could not find mint'],
    ['getTransaction', [wallet], 'Invalid param: WrongSize'],
    ['sendTransaction', ['!!', { encoding: 'base64' }], 'invalid base64 encoding'],
  ])('of %s %j are refused with -32602', async (method, params, message) => {
    expect((await call(method, params)).error).toEqual({ code: -32602, message })
  })

  it('refuse a history below confirmed', async () => {
    const { error } = await call('getSignaturesForAddress', [wallet, { commitment: 'processed' }])
    expect(error).toEqual({ code: -32602, message: 'Method does not support commitment below `confirmed`' })
  })

  it('refuse a context slot that is not reached', async () => {
    const { error } = await call('getBalance', [wallet, { minContextSlot: 999_999_999 }])
    expect(error).toMatchObject({ code: -32016, message: 'Minimum context slot has not been reached' })
  })

  it('of an unknown account are answered with null and zero', async () => {
    expect((await call('getAccountInfo', [wallet])).result.value).toBeNull()
    expect((await call('getMultipleAccounts', [[wallet, SOLANA_USDC]])).result.value).toMatchObject([
      null,
      { space: 82 },
    ])
    expect((await call('getBalance', [wallet])).result.value).toBe(0)
  })
})

describe('control', () => {
  it('counts calls by method until it is reset', async () => {
    await call('getSlot')
    await call('getSlot')
    await call('getHealth')
    expect(chain.counters()).toEqual({ getSlot: 2, getHealth: 1 })
    chain.resetCounters()
    expect(chain.counters()).toEqual({})
  })

  it('drops connections while it is dead, and another endpoint of the chain goes on', async () => {
    const second = await chain.openRpc()
    try {
      chain.setMode('dead')
      await expect(call('getHealth')).rejects.toThrow('fetch failed')
      expect(chain.counters()).toEqual({ getHealth: 1 })
      expect(await createSolanaRpc(mainnet(second.url)).getHealth().send()).toBe('ok')
      chain.setMode('ok')
      expect(await call('getHealth')).toMatchObject({ result: 'ok' })
    } finally {
      await second.close()
    }
  })

  it('inflates balances and runs ahead while it lies', async () => {
    const owner = await generateKeyPairSigner()
    await chain.fund(owner.address, 'native', 3n)
    await chain.fund(owner.address, SOLANA_USDC, 2n)
    const rpc = createSolanaRpc(mainnet(chain.rpcUrl))
    const height = await rpc.getBlockHeight().send()
    chain.setMode('lying')
    expect((await rpc.getBalance(owner.address).send()).value).toBe(3_000n)
    expect(await rpc.getBlockHeight().send()).toBeGreaterThanOrEqual(height + 10_000n)
    expect(await chain.balanceOf(owner.address, 'native')).toBe(3n)
  })
})
