/** Three hundred payments of every sort: what the history shows, what the ledger holds and what the chain moved are one. */
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SiteView } from '../../src/protocol/ui-views.ts'
import { askUi } from './ask-ui.ts'
import { type Bench, openBench } from './bench.ts'
import { type RawPayment, readPayments } from './crash/raw-ledger.ts'
import { BASE, BASE_USDC, callRpc } from './lab-client.ts'
import { ask, type CallRequest, chatBody, clickIn, startCall } from './page-api.ts'

const SITES = 3
const ROUNDS = 7
/** Of one site in one round: a site may call twenty times a second. */
const CALLS = 15
/** What the gateway does to the first calls of a round, and how often. */
const FAULTS: readonly (readonly [fault: string, more: Record<string, unknown>] | null)[] = [
  null,
  ['settle-then-drop', { count: 6 }],
  null,
  ['settle-then-500', { count: 6 }],
  ['settle-late', { count: 4, ms: 1500 }],
  ['settle-then-402', { count: 4, offer: 'same' }],
  null,
]

let bench: Bench
let own: Page
let pages: readonly Page[]
let asked = 0

beforeAll(async () => {
  bench = await openBench()
  // The payee is approved once; from then on budgets decide.
  expect(await bench.pay(await bench.openSite(), 'The first question')).toMatchObject({ kind: 'answer' })
  own = await bench.driver.open(`chrome-extension://${bench.driver.extensionId}/manifest.json`)
  const opened: Page[] = []
  while (opened.length < SITES) opened.push(await siteWithBudget())
  pages = opened
})
afterAll(() => bench?.close())

async function siteWithBudget(): Promise<Page> {
  const page = await bench.openSite()
  await clickIn(page)
  const granted = ask(page, 'requestBudget', { cap: '0.1', period: 'day', maxPerRequest: '0.002' })
  await (await bench.driver.nextApproval()).approve()
  await granted
  return page
}

/** By turns of either model, streamed or whole, short or long, read to the end or left in the middle. */
function anyCall(): CallRequest {
  const turn = asked++
  const model = turn % 3 === 0 ? 'ambient/mini' : 'ambient/large'
  const more = { model, stream: turn % 4 !== 1, max_tokens: 20 + (turn % 5) * 20 }
  const body = chatBody(`Any question ${String(turn).padStart(6, '0')}`, more)
  return turn % 10 === 0 ? { body, abortAfter: 1 } : { body }
}

async function playRound(fault: (typeof FAULTS)[number]): Promise<void> {
  await bench.lab.clearFaults()
  if (fault) await bench.lab.fault('jumpgate', fault[0], { stage: 'paid', ...fault[1] })
  const calls = pages.flatMap((page) => Array.from({ length: CALLS }, () => startCall(page, anyCall()).done))
  await Promise.all([...calls, new Promise((done) => setTimeout(done, 1_050))])
}

/** Every payment since then, once the chain has said of each what became of it. */
async function decidedSince(sinceMs: number): Promise<readonly RawPayment[]> {
  let found: readonly RawPayment[] = []
  const open = async () => {
    found = (await readPayments(own)).filter(({ reservedAtMs }) => reservedAtMs >= sinceMs)
    return found.filter(({ state, settledBy }) => state !== 'released' && settledBy !== 'chain').length
  }
  await expect.poll(open, { timeout: 90_000, interval: 500 }).toBe(0)
  return found
}

/** The payer's transfers on the chain from a block on: amount by transaction. */
async function transfersSince(block: string): Promise<ReadonlyMap<string, string>> {
  // keccak256("Transfer(address,address,uint256)")
  const transfer = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
  const payer = `0x${bench.lab.info.accounts.evm.address.slice(2).toLowerCase().padStart(64, '0')}`
  const logs = await callRpc<readonly { transactionHash: string; data: string }[]>(
    bench.lab.info.rpc.base,
    'eth_getLogs',
    [{ address: BASE_USDC, fromBlock: block, toBlock: 'latest', topics: [transfer, payer] }],
  )
  const amounts = new Map(logs.map(({ transactionHash, data }) => [transactionHash, String(BigInt(data))]))
  expect(amounts.size).toBe(logs.length)
  return amounts
}

const sum = (amounts: readonly (string | null | undefined)[]) =>
  amounts.reduce((total, one) => total + BigInt(one ?? 0), 0n)

describe('three hundred mixed payments', () => {
  it('stand in the history as in the ledger, and in the ledger as on the chain', {
    timeout: 240_000,
  }, async () => {
    const block = BigInt(await callRpc<string>(bench.lab.info.rpc.base, 'eth_blockNumber', [])) + 1n
    const before = new Set(await bench.rowIds())
    const sinceMs = Date.now()
    let payments: readonly RawPayment[] = []
    const { paid, earned } = await bench.moved(async () => {
      for (let round = 0; round < ROUNDS; round++) await playRound(FAULTS[round] ?? null)
      payments = await decidedSince(sinceMs)
    })
    const settled = payments.filter(({ state }) => state === 'settled')
    expect(settled.length).toBeGreaterThanOrEqual(300)

    // The chain: as many transfers as payments that settled, each of its very amount.
    const transfers = await transfersSince(`0x${block.toString(16)}`)
    expect(sum([...transfers.values()])).toBe(paid)
    expect(earned).toBe(paid)
    expect(sum(settled.map(({ charged }) => charged))).toBe(paid)

    // The history: every payment of the ledger, with the transaction that the chain knows.
    const rows = (await bench.driver.ledger()).filter(({ id }) => !before.has(id))
    expect(rows.map(({ id }) => id).sort()).toEqual(payments.map(({ openedBy }) => openedBy.requestId).sort())
    const charged = rows.filter(({ money }) => money === 'settled')
    const shown = charged.map(({ payment }) => [payment.transaction ?? 'none', payment.charged] as const)
    expect(new Map(shown)).toEqual(transfers)
    expect(shown.length).toBe(transfers.size)
    expect(sum(charged.map(({ cost }) => cost))).toBe(paid)
    expect(new Set(charged.map(({ payment }) => payment.network))).toEqual(new Set([BASE]))
    expect(new Set(rows.map(({ answer }) => answer)).size).toBeGreaterThan(1)

    // And each site's own sum.
    for (const page of pages) {
      const principal = new URL(page.url()).origin
      const { budgets } = await askUi<SiteView>(own, 'sites.get', { principal })
      const mine = charged.filter((row) => row.principal === principal)
      expect(mine.length).toBeGreaterThan(90)
      const settled = String(sum(mine.map(({ cost }) => cost)))
      expect(budgets[0]).toMatchObject({ settled, live: '0' })
    }
  })
})
