/** What a page has without the extension it has with it: its own globals, other wallets, and a quiet console. */
import { chromium, type Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { bundle } from '../bench/bundle.ts'
import { type Bench, openBench } from './bench.ts'
import { ask, chatBody } from './page-api.ts'
import { servePages } from './pages/serve-pages.ts'

const SITE = 'https://wallets.localhost'
const WALLET_PAGE = `<script>
  window.announced = []
  window.messages = []
  addEventListener('eip6963:announceProvider', ({ detail }) => announced.push(detail.info.rdns))
  addEventListener('message', ({ data }) => messages.push(JSON.stringify(data)))
</script><script src="/wallet.js"></script>`

let bench: Bench
let pages: Record<string, string>
const noise: string[] = []

beforeAll(async () => {
  pages = {
    [`${SITE}/`]: '<p>A page</p>',
    [`${SITE}/wallet`]: WALLET_PAGE,
    [`${SITE}/wallet.js`]: await bundle('../e2e/pages/wallet-page.cjs', { needsNode: true }),
  }
  bench = await openBench()
  await servePages(bench.driver.context, pages)
  bench.driver.context.on('console', (message) => noise.push(message.text()))
  bench.driver.context.on('weberror', (error) => noise.push(String(error.error())))
})
afterAll(() => bench?.close())

/** The same in a browser that has no extension. */
async function without<T>(work: (open: (address: string) => Promise<Page>) => Promise<T>): Promise<T> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath: inject('chromium'), args })
  try {
    const context = await browser.newContext()
    await servePages(context, pages)
    return await work(async (address) => {
      const page = await context.newPage()
      await page.goto(address)
      return page
    })
  } finally {
    await browser.close()
  }
}

/** Runs in the page: its globals, which of them are not native, and what is stored. */
function describeWorld() {
  const sourceOf = Function.prototype.toString
  const names: string[] = []
  const foreign: string[] = []
  const visit = (owner: object, path: string) => {
    for (const key of Reflect.ownKeys(owner)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(owner, key)
      const name = `${path}.${String(key)}`
      names.push(name)
      for (const member of [descriptor?.value, descriptor?.get, descriptor?.set]) {
        if (typeof member !== 'function') continue
        if (!sourceOf.call(member).includes('[native code]')) foreign.push(name)
        if (path === 'window' && 'prototype' in member && member.prototype) visit(member.prototype, name)
      }
    }
  }
  visit(window, 'window')
  return {
    names: names.sort(),
    foreign,
    stored: [localStorage.length, sessionStorage.length, document.cookie],
    html: document.documentElement.outerHTML,
  }
}

/** Runs in the page: what a site does with another wallet. */
async function useWallet() {
  interface Wallet {
    isMetaMask: boolean
    chainId: string
    request(call: { method: string }): Promise<unknown>
  }
  const own = window as unknown as { ethereum: Wallet; announced: string[]; messages: string[] }
  window.dispatchEvent(new Event('eip6963:requestProvider'))
  const accounts = await own.ethereum.request({ method: 'eth_requestAccounts' })
  const block = await own.ethereum.request({ method: 'eth_blockNumber' })
  const refused = await own.ethereum.request({ method: 'no_suchMethod' }).catch((error) => error.code)
  const chain = await own.ethereum.request({ method: 'eth_chainId' })
  const { isMetaMask } = own.ethereum
  const kinds = [...new Set(own.messages.map((text) => JSON.parse(text).target))].sort()
  return { isMetaMask, accounts, block, refused, chain, announced: own.announced, kinds }
}

describe('a page', () => {
  it('has one global more, and every other as the browser made it', async () => {
    const here = await (await bench.driver.open(`${SITE}/`)).evaluate(describeWorld)
    const there = await without(async (open) => (await open(`${SITE}/`)).evaluate(describeWorld))
    const known = new Set(there.names)
    expect(here.names.filter((name) => !known.has(name))).toEqual(['window.x402Chat'])
    expect(there.names.filter((name) => !here.names.includes(name))).toEqual([])
    expect(here.foreign).toEqual(there.foreign)
    expect(here.stored).toEqual([0, 0, ''])
    expect(here.html).toBe(there.html)
  })

  it('with another wallet works as it does without the extension', async () => {
    const page = await bench.driver.open(`${SITE}/wallet`)
    const before = noise.length
    const here = await page.evaluate(useWallet)
    // What the wallet itself says of the method that it does not have.
    expect(noise.slice(before).filter((line) => !line.includes('no_suchMethod'))).toEqual([])
    const there = await without(async (open) => (await open(`${SITE}/wallet`)).evaluate(useWallet))
    expect(here).toEqual(there)
    expect(here).toMatchObject({
      isMetaMask: true,
      accounts: ['0x52908400098527886E0F7030069857D2E4169EE7'],
      block: '0x10',
      refused: -32601,
      chain: '0x1',
      announced: expect.arrayContaining(['test.another.wallet']),
    })
    // Both at once: the wallet's messages are on the window, ours are not.
    const call = await bench.ask(page, '', { body: chatBody('Beside another wallet') })
    await (await bench.driver.nextApproval()).approve()
    expect(await call.done).toMatchObject({ kind: 'answer' })
    expect(await page.evaluate('messages.join()')).not.toMatch(/x402|Beside another wallet/)
    expect(await page.evaluate(useWallet)).toMatchObject({ accounts: here.accounts })
  })

  it('hears nothing of us in its console, whatever fails', async () => {
    noise.length = 0
    const page = await bench.driver.open(`${SITE}/`)
    await expect(ask(page, 'requestBudget', { cap: '1', period: 'day' })).rejects.toThrow(
      'activation_required',
    )
    await expect(ask(page, 'quote', {})).rejects.toThrow('invalid_request')
    await page.evaluate(async () => {
      const { x402Chat } = window as unknown as { x402Chat: { fetch: typeof fetch } }
      await x402Chat.fetch('https://elsewhere.test/')
    })
    await bench.driver.killWorker()
    await ask(page, 'models.list')
    await page.reload()
    expect(noise).toEqual([])
  })
})
