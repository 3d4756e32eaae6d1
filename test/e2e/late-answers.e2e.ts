/** Minutes of waiting, in a browser that nobody drives: what has to live on does so by itself, and what ended is found. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { readApproval } from './approval.ts'
import { PASSWORD } from './bench.ts'
import { type RawPayment, readPayments } from './crash/raw-ledger.ts'
import { BASE, BASE_USDC, connectLab, type LabClient } from './lab-client.ts'
import { onboardIn } from './onboard.ts'
import { chatBody, clickIn, startCall } from './page-api.ts'
import { removeProfile } from './remove-profile.ts'

/** What the gateway does to each question, all of them at once. */
const QUESTIONS = {
  silent: { fault: 'hang', ms: 75_000 },
  'slow to begin': { fault: 'slow-first-token', ms: 75_000 },
  'silent in the middle': { fault: 'gap', ms: 45_000 },
  'settled late': { fault: 'settle-late', ms: 59_000 },
} as const
type Question = keyof typeof QUESTIONS
const NAMES: readonly Question[] = ['silent', 'slow to begin', 'silent in the middle', 'settled late']

interface Told {
  readonly question: string
  readonly kind: 'answer' | 'error'
  readonly type?: string
  readonly charged?: string
  readonly text: string
  readonly atMs: number
}

/** A Chromium that a test can let go of and take up again: in between no debugger keeps its worker alive. */
interface LooseBrowser {
  take<T>(work: (context: BrowserContext) => Promise<T>): Promise<T>
  readonly extensionId: string
  close(): Promise<void>
}

let lab: LabClient
let browser: LooseBrowser
let ear: Server
const told: Told[] = []
/** Pages that wait for their word to ask, by question. */
const waiting = new Map<string, ServerResponse>()

beforeAll(async () => {
  lab = connectLab(inject('lab'))
  await lab.clearFaults()
  await lab.rate('jumpgate', { tokensPerSecond: 0, delayMs: 0 })
  ear = createServer((request, response) => {
    if (request.method === 'GET') return void waiting.set(nameIn(request.url), response)
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      told.push({ ...JSON.parse(text), atMs: Date.now() })
      response.end()
    })
  }).listen(0, '127.0.0.1')
  browser = await openLoose()
  await browser.take(async (context) => {
    const page = await context.newPage()
    await page.goto(`chrome-extension://${browser.extensionId}/onboarding.html`)
    await onboardIn(page, { phrase: lab.info.accounts.phrase, password: PASSWORD })
    await page.close()
    const site = await openSite(context)
    await clickIn(site)
    const call = startCall(site, { body: chatBody('The first question') })
    const window = await context.waitForEvent('page', (one) => one.url().includes('approval.html'))
    await (await readApproval(window)).approve({ budget: true })
    expect(await call.done).toMatchObject({ kind: 'answer' })
  })
})
afterAll(async () => {
  await browser?.close()
  ear?.close()
})

async function openSite(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`http://late.localhost:${new URL(lab.info.urls.site).port}/blank`)
  return page
}

/**
 * The page asks its question by itself at a word from `ear`, when nobody is connected any more, and says how it ended.
 * The word comes over the network: Chromium puts off the timers of hidden pages as it likes, so they would not keep
 * the order of the questions.
 */
async function callLater(page: Page, question: string): Promise<void> {
  const to = `http://127.0.0.1:${(ear.address() as AddressInfo).port}/`
  await page.evaluate(
    ({ question, body, url }) => {
      interface Api {
        chat: { completions: { create(body: unknown): Promise<AsyncIterable<Chunk>> } }
      }
      interface Chunk {
        choices: { delta?: { content?: string } }[]
      }
      const { create } = (window as unknown as { x402Chat: Api }).x402Chat.chat.completions
      const run = async () => {
        let text = ''
        try {
          for await (const chunk of await create(body)) text += chunk.choices[0]?.delta?.content ?? ''
          return { kind: 'answer', text }
        } catch (error) {
          const { type, charged } = error as { type?: string; charged?: string }
          return { kind: 'error', type, charged, text }
        }
      }
      const tell = async () => {
        await fetch(url, {
          method: 'POST',
          mode: 'no-cors',
          body: JSON.stringify({ question, ...(await run()) }),
        })
      }
      void fetch(url + encodeURIComponent(question), { mode: 'no-cors' }).then(tell)
    },
    { question, body: chatBody(`A question: ${question}`), url: to },
  )
}

const balance = () => lab.balanceOf({ network: BASE, owner: lab.info.accounts.evm.address, asset: BASE_USDC })

/** The payments of this file's questions, the oldest first. */
function paymentsSince(context: BrowserContext, sinceMs: number): Promise<RawPayment[]> {
  return inExtension(context, async (page) =>
    (await readPayments(page))
      .filter(({ reservedAtMs }) => reservedAtMs >= sinceMs)
      .sort((a, b) => a.reservedAtMs - b.reservedAtMs),
  )
}

async function inExtension<T>(context: BrowserContext, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await context.newPage()
  await page.goto(`chrome-extension://${browser.extensionId}/manifest.json`)
  const result = await work(page)
  await page.close()
  return result
}

describe('with nobody watching', () => {
  let sinceMs = 0
  let before = 0n

  beforeAll(async () => {
    before = await balance()
    sinceMs = Date.now()
    await browser.take(async (context) => {
      for (const name of NAMES) await callLater(await openSite(context), name)
      await until(async () => waiting.size === NAMES.length, 30_000)
    })
    // Each fault strikes the next question that is paid for.
    for (const name of NAMES) {
      const { fault, ms } = QUESTIONS[name]
      const paid = await countPaid()
      await lab.fault('jumpgate', fault, { stage: 'paid', ms })
      waiting.get(name)?.end()
      await until(async () => (await countPaid()) === paid + 1, 30_000)
    }
    await until(async () => told.length === NAMES.length, 120_000)
  }, 200_000)

  it.each(NAMES.slice(0, 3))('a gateway that is %s: the answer comes', (name) => {
    const end = endOf(name)
    expect(end).toMatchObject({ kind: 'answer' })
    expect(end.text.length).toBeGreaterThan(10)
    expect(end.atMs).toBeGreaterThan(sinceMs + QUESTIONS[name].ms)
  })

  it('a gateway that said that it failed, and settled 59 seconds later: the page reads that money may have moved', () => {
    expect(endOf('settled late')).toMatchObject({ kind: 'error', type: 'paid_no_answer', charged: 'maybe' })
  })

  it('finds every transfer by itself, one to a question', async () => {
    // The worker sleeps by now: an alarm of its own wakes it.
    await new Promise((done) => setTimeout(done, 75_000))
    const payments = await browser.take((context) => paymentsSince(context, sinceMs))
    expect(payments).toHaveLength(NAMES.length)
    for (const payment of payments) expect(payment).toMatchObject({ state: 'settled', settledBy: 'chain' })
    const charged = payments.reduce((sum, { charged }) => sum + BigInt(charged ?? 0), 0n)
    expect(charged).toBe(before - (await balance()))
  }, 150_000)
})

const nameIn = (path = '') => decodeURIComponent(path.slice(1))

/** Looks again until it is so; throws after `timeoutMs`. */
function until(isSo: () => Promise<boolean>, timeoutMs: number): Promise<void> {
  return vi.waitFor(async () => expect(await isSo()).toBe(true), { timeout: timeoutMs, interval: 100 })
}

function endOf(name: Question): Told {
  const end = told.find(({ question }) => question === name)
  if (!end) throw new Error(`${name} never ended`)
  return end
}

async function countPaid(): Promise<number> {
  return (await lab.counters()).jumpgate?.paid ?? 0
}

/** Starts Chromium as a person does, with a door for tests that can be closed behind one. */
async function openLoose(): Promise<LooseBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'x402-chat-profile-'))
  const folder = inject('extensionDir')
  const child = spawn(
    inject('chromium'),
    [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--headless=new', '--no-first-run', `--user-data-dir=${profile}`, '--remote-debugging-port=0'],
      ...[`--disable-extensions-except=${folder}`, `--load-extension=${folder}`, 'about:blank'],
    ],
    { stdio: 'ignore' },
  )
  const port = await readPort(profile)
  const connect = () => chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const take: LooseBrowser['take'] = async (work) => {
    const connection = await connect()
    try {
      const [context] = connection.contexts()
      if (!context) throw new Error('the browser has no context')
      context.setDefaultTimeout(20_000)
      return await work(context)
    } finally {
      // Lets go: the browser goes on.
      await connection.close()
    }
  }
  const extensionId = await take(async (context) => {
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
    return new URL(worker.url()).host
  })
  return {
    take,
    extensionId,
    async close() {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill()
      await ended
      removeProfile(profile)
    },
  }
}

/** Chromium writes the port that it chose into its profile. */
async function readPort(profile: string): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      return Number(readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0])
    } catch {
      await new Promise((done) => setTimeout(done, 50))
    }
  }
  throw new Error('Chromium did not open its port')
}
