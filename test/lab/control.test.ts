// @vitest-environment node
import { createPublicClient, http } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addresses } from './chains/addresses.ts'
import { anyPorts } from './fault-bench.ts'
import { type Lab, startLab } from './lab.ts'
import { postJson } from './stock-client.ts'

const base = 'eip155:8453'

let lab: Lab

beforeAll(async () => {
  lab = await startLab({ ports: anyPorts })
}, 90_000)

afterAll(() => lab?.stop())

async function control<T>(method: string, path: string, body?: object): Promise<T> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
  return (await (await fetch(lab.info.urls.control + path, init)).json()) as T
}

const latestBlock = (url: string) =>
  createPublicClient({ transport: http(url, { retryCount: 0 }) }).getBlock()

describe('the funded wallet', () => {
  it.each([
    [base, addresses.baseUsdc, '25000000'],
    [base, addresses.baseOpg, '100000000000000000000'],
    [base, 'native', '50000000000000000'],
    ['eip155:84532', addresses.sepoliaUsdc, '25000000'],
    ['eip155:84532', addresses.sepoliaOpg, '100000000000000000000'],
    ['eip155:84532', 'native', '50000000000000000'],
    ['solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp', 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v', '25000000'],
    ['solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp', 'native', '100000000'],
  ])('holds on %s, of %s: %s', async (network, asset, balance) => {
    const { evm, solana } = lab.info.accounts
    const owner = network.startsWith('solana:') ? solana.address : evm.address
    const query = new URLSearchParams({ network, owner, asset })
    expect(await control('GET', `/balance?${query}`)).toEqual({ balance })
  })

  it('has the addresses that every other wallet derives from the phrase', () => {
    expect(lab.info.accounts).toMatchObject({
      evm: { address: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266' },
      solana: { address: 'oeYf6KAJkLYhBuR8CiGc6L4D4Xtfepr85fuDgA9kq96' },
    })
  })
})

describe('the control port', { timeout: 30_000 }, () => {
  it.each([
    ['a gateway', { gateway: 'jumpgat', fault: 'drop' }, 'no gateway "jumpgat"'],
    ['a fault', { gateway: 'jumpgate', fault: 'status-501' }, 'no fault "status-501"'],
    ['a stage', { gateway: 'jumpgate', fault: 'drop', stage: 'before' }, 'no stage "before"'],
    ['a count', { gateway: 'jumpgate', fault: 'drop', count: 0 }, '"count" is not 1 or more'],
  ])('refuses %s that it does not know', async (_, request, words) => {
    const response = await fetch(`${lab.info.urls.control}/faults`, {
      method: 'POST',
      body: JSON.stringify(request),
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: expect.stringContaining(words) })
  })

  it('lists every fault with what it does', async () => {
    expect(await control('GET', '/faults/known')).toMatchObject({ drop: expect.stringContaining('[DONE]') })
  })

  it('sets a balance to exactly the amount', async () => {
    const owner = '0x00000000000000000000000000000000000000aa'
    const fund = (amount: string) =>
      control('POST', '/fund', { network: base, owner, asset: addresses.baseUsdc, amount })
    expect(await fund('7')).toEqual({ balance: '7' })
    expect(await fund('3')).toEqual({ balance: '3' })
  })

  it("moves a chain's clock, and the clock ticks by itself", async () => {
    const network = 'eip155:84532'
    const { now } = await control<{ now: number }>('GET', `/now?network=${network}`)
    const warped = await control<{ now: number }>('POST', '/warp', { network, seconds: 600 })
    expect(warped.now - now).toBeGreaterThanOrEqual(600)
    expect(warped.now - now).toBeLessThan(605)
    const clock = async () => (await control<{ now: number }>('GET', `/now?network=${network}`)).now
    await expect.poll(clock, { timeout: 5000 }).toBeGreaterThan(warped.now)
  })

  it('kills one RPC endpoint and leaves the other', async () => {
    await control('POST', '/rpc', { name: 'base', mode: 'dead' })
    await expect(latestBlock(lab.info.rpc.base)).rejects.toThrow()
    await expect(latestBlock(lab.info.rpc.baseSecond)).resolves.toHaveProperty('timestamp')
    await control('POST', '/rpc', { name: 'base', mode: 'ok' })
    await expect(latestBlock(lab.info.rpc.base)).resolves.toHaveProperty('timestamp')
  })

  it('lets the second RPC endpoint lie about the time', async () => {
    await control('POST', '/rpc', { name: 'baseSecond', mode: 'lying' })
    const [honest, lying] = await Promise.all([
      latestBlock(lab.info.rpc.base),
      latestBlock(lab.info.rpc.baseSecond),
    ])
    await control('POST', '/rpc', { name: 'baseSecond', mode: 'ok' })
    expect(lying.timestamp - honest.timestamp).toBeGreaterThan(86_000n)
  })

  it("counts an endpoint's calls by method", async () => {
    await control('DELETE', '/counters')
    await latestBlock(lab.info.rpc.baseSepolia)
    const { rpc } = await control<{ rpc: Record<string, Record<string, number>> }>('GET', '/counters')
    expect(rpc.baseSepolia).toEqual({ eth_getBlockByNumber: 1 })
  })

  it('sets the rate at which a gateway speaks', async () => {
    await control('POST', '/rate', { gateway: 'jumpgate', delayMs: 250 })
    const start = performance.now()
    await postJson(`${lab.info.urls.jumpgate}/paid/chat/v2/quote`, {})
    expect(performance.now() - start).toBeGreaterThan(240)
  })

  it.each([
    ['/faults', { gateway: 'jumpgate' }],
    ['/faults', { gateway: 'jumpgate', fault: 'slow', stage: 'later' }],
    ['/rpc', { name: 'nobody', mode: 'ok' }],
    ['/rpc', { name: 'base', mode: 'sleepy' }],
    ['/warp', { network: 'eip155:1', seconds: 1 }],
    ['/fund', { network: base, owner: '0x00' }],
  ])('refuses %s %j with 400', async (path, body) => {
    const response = await postJson(lab.info.urls.control + path, body)
    expect(response.status).toBe(400)
    expect(await response.json()).toHaveProperty('error')
  })
})

describe('the site', () => {
  it('serves the demo, an empty page and a framed one, and nothing from outside its folder', async () => {
    const { site } = lab.info.urls
    const get = async (path: string) => {
      const response = await fetch(site + path)
      return { status: response.status, text: await response.text() }
    }
    expect((await get('/')).text).toContain('demo.js')
    expect((await get('/demo.js')).text).toContain('x402Chat')
    expect((await get('/blank')).status).toBe(200)
    expect((await get(`/frame?src=${encodeURIComponent(`${site}/blank`)}`)).text).toContain(
      `src="${site}/blank"`,
    )
    expect((await get('/%2e%2e/lab.ts')).status).toBe(404)
  })
})
