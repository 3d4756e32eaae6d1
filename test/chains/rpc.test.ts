import { toEventSelector, toFunctionSelector } from 'viem'
import { describe, expect, it } from 'vitest'
import { createChains } from '../../src/chains/create-chains.ts'
import { DEFAULT_ENDPOINTS } from '../../src/chains/default-endpoints.ts'
import { SELECTORS, TOPICS } from '../../src/chains/evm/contracts.ts'
import { BASE, BASE_SEPOLIA, SOLANA } from '../../src/domain/network.ts'
import { type Answer, makeFetch, type SeenCall } from './fake-fetch.ts'
import { makeCache } from './fake-ports.ts'

const A = 'https://a.example'
const B = 'https://b.example'
const BLOCK = { number: '0x10', timestamp: '0x66', baseFeePerGas: '0x1' }

function make(answer: (call: SeenCall) => Answer, clock = { nowMs: () => 1_000 }) {
  const { fetch, calls } = makeFetch(answer)
  const chains = createChains({
    endpoints: () => ({ [BASE]: [A, B], [BASE_SEPOLIA]: [A], [SOLANA]: [A], 'og-registry': [A] }),
    fetch,
    clock,
    cache: makeCache(),
  })
  return { chains, calls }
}

describe('each call', () => {
  it('follows no redirect, sends no cookie and no referrer, and is never cached', async () => {
    const { chains, calls } = make(() => ({ result: BLOCK }))
    expect(await chains.chainTime(BASE)).toBe(0x66)
    expect(calls).toHaveLength(1)
    expect(calls[0]?.init).toMatchObject({
      method: 'POST',
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: expect.any(AbortSignal),
    })
  })

  it.each<[string, Answer]>([
    ['no connection', { throws: new TypeError('Failed to fetch') }],
    ['an HTTP error', { raw: '<html>Bad gateway</html>', status: 502 }],
    ['no JSON', { raw: 'hello' }],
    ['another shape', { result: { number: 16, timestamp: 102 } }],
    ['a null', { result: null }],
    ['an error of the node', { error: { code: -32_005, message: 'rate limited' } }],
    ['an answer to another call', { raw: JSON.stringify({ jsonrpc: '2.0', id: 2, result: BLOCK }) }],
    ['5 MiB', { raw: JSON.stringify({ jsonrpc: '2.0', id: 1, result: BLOCK, pad: 'x'.repeat(5 << 20) }) }],
  ])('goes to the second endpoint where the first gives %s', async (_, bad) => {
    const { chains, calls } = make(({ url }) => (url === A ? bad : { result: BLOCK }))
    expect(await chains.chainTime(BASE)).toBe(0x66)
    expect(calls.map(({ url }) => url)).toEqual([A, B])
  })

  it('fails in words of ours, with at most 200 plain characters of the endpoint', async () => {
    const message = `\u202e<b>${'no '.repeat(200)}`
    const { chains } = make(() => ({ error: { code: 1, message } }))
    const error = await chains.chainTime(BASE).catch((cause: unknown) => cause)
    expect(error).toMatchObject({ reason: 'rpc-failed', facts: { network: BASE } })
    const detail = (error as { facts: { detail: string } }).facts.detail
    expect(detail).toMatch(/^[\x20-\x7e]{1,200}$/)
  })
})

describe('an endpoint that failed', () => {
  it('is asked last for 30 seconds, then first again', async () => {
    let nowMs = 1_000
    let dead = true
    const { chains, calls } = make(
      ({ url }) => (url === A && dead ? { throws: new TypeError('down') } : { result: BLOCK }),
      { nowMs: () => nowMs },
    )
    await chains.chainTime(BASE)
    dead = false
    nowMs += 10_000
    await chains.chainTime(BASE)
    nowMs += 25_000
    await chains.chainTime(BASE)
    expect(calls.map(({ url }) => url)).toEqual([A, B, B, A])
  })
})

describe('bytes that nobody takes', () => {
  const refusedBy = async (network: typeof BASE | typeof SOLANA, code: number, message: string) => {
    const { chains } = make(({ method }) =>
      method === 'eth_sendRawTransaction' || method === 'sendTransaction'
        ? { error: { code, message } }
        : { result: method === 'getSignatureStatuses' ? { context: { slot: 1 }, value: [null] } : null },
    )
    // A Solana transaction of one signature: one, 64 bytes of it, and a message of which nothing is read.
    const bytes =
      network === BASE ? '0x02c0' : Buffer.from([1, ...Array(64).fill(7), 1, 0, 0]).toString('base64')
    const error: unknown = await chains.broadcast(network, bytes).catch((cause: unknown) => cause)
    return (error as { facts: { refused: string } }).facts.refused
  }

  it.each([
    [-32_000, 'insufficient funds for gas * price + value: balance 0, tx cost 21, overshot 21'],
    [-32_003, 'Insufficient funds for gas * price + value'],
    [-32_000, 'intrinsic gas too low: gas 20000, minimum needed 21000'],
  ])('are refused for good on Base with %i %s', async (code, message) => {
    expect(await refusedBy(BASE, code, message)).toBe('yes')
  })

  it.each([
    [-32_005, 'rate limit exceeded'],
    [-32_603, 'Internal error'],
    [-32_601, 'the method does not exist, rejected'],
    [-32_000, 'nonce too low: next nonce 5, tx nonce 4'],
    [-32_000, 'header not found'],
    [429, 'too many requests: insufficient funds on your plan'],
  ])('may still land on Base after %i %s', async (code, message) => {
    expect(await refusedBy(BASE, code, message)).toBe('no')
  })

  // A slot that is free while the bytes can still land is a double payment.
  it.each([
    [-32_002, 'Transaction simulation failed: custom program error: 0x1'],
    [-32_002, 'Transaction simulation failed: Blockhash not found'],
    [-32_005, 'Node is behind by 150 slots'],
    [-32_003, 'Transaction signature verification failure'],
  ])('may land on Solana until their blockhash expires, after %i %s too', async (code, message) => {
    expect(await refusedBy(SOLANA, code, message)).toBe('no')
  })
})

describe('the table of contracts', () => {
  it.each(Object.entries(SELECTORS))('has the selector of %s', (signature, selector) => {
    expect(selector).toBe(toFunctionSelector(signature))
  })
  it.each(Object.entries(TOPICS))('has the topic of %s', (signature, topic) => {
    expect(topic).toBe(toEventSelector(signature))
  })
})

describe('the endpoints that ship', () => {
  it('are https, two for each payment network', () => {
    for (const network of [BASE, BASE_SEPOLIA, SOLANA] as const) {
      expect(DEFAULT_ENDPOINTS[network]).toHaveLength(2)
    }
    for (const url of Object.values(DEFAULT_ENDPOINTS).flat()) {
      expect(new URL(url)).toMatchObject({ protocol: 'https:', username: '', search: '' })
    }
  })
})
