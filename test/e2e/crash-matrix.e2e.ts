/** Everything ends at once, at every point of a paid answer: at most one transfer per request, caps hold, nothing stays stuck. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Moved, readMoved } from './crash/chain-log.ts'
import { playPerson } from './crash/person.ts'
import { findLine, POINTS } from './crash/points.ts'
import { type RawPayment, readPayments } from './crash/raw-ledger.ts'
import { type Played, playRow } from './crash/row.ts'
import { chooseRows } from './crash/rows.ts'
import { request } from './crash/scenes.ts'
import { summaryTable, type Verdict } from './crash/summary.ts'
import { countTransfers, judgeRow } from './crash/verdict.ts'
import { makeWorld, type World } from './crash/world.ts'
import { BASE } from './lab-client.ts'
import { clickIn, startCall } from './page-api.ts'

/** Longer than any signed window. Source: docs/PAYMENTS.md. */
const WINDOWS_SECONDS = 700
/** Longest that the reconciler may take once every window is over, in ms. */
const RECONCILED_MS = 60_000

const rows = chooseRows(process.env)
const named = rows.map((row) => [row.point.name, row.how, row] as const)
const played = new Map<(typeof rows)[number], Played>()
const verdicts: Verdict[] = []
let world: World
/** Most that one call costs, in atomic units of USDC. */
let price = 0n

beforeAll(async () => {
  world = await makeWorld()
  price = await payOnce()
})
afterAll(async () => {
  console.log(`\n${summaryTable(verdicts)}\n`)
  await world?.close()
})

/** Approves the gateway's terms once, so that later calls within a budget need nobody. */
async function payOnce(): Promise<bigint> {
  const person = playPerson(world.driver)
  const page = await world.driver.open(`${world.newSite()}/blank`)
  await clickIn(page)
  const result = await startCall(page, request('first')).done
  person.leave()
  await page.close()
  if (result.kind !== 'answer') throw new Error(`no answer without any crash: ${result.type}`)
  const [row] = await world.driver.ledger()
  if (!row) throw new Error('the history is empty')
  return BigInt(row.max)
}

describe('the built worker', () => {
  it.each(POINTS.map((point) => [point.name, point] as const))(
    'has the point "%s" exactly once',
    (_, point) => {
      expect(findLine(world.script, point)).toBeGreaterThan(0)
    },
  )
})

describe('everything ends', () => {
  it.each(named)(
    '%s: %s',
    async (_point, _how, row) => {
      played.set(row, await playRow(world, row, price))
    },
    120_000,
  )
})

describe('when every window is over', () => {
  let payments: readonly RawPayment[] = []
  let moved: readonly Moved[] = []

  beforeAll(async () => {
    await world.lab.warp(BASE, WINDOWS_SECONDS)
    await world.driver.moveClock(WINDOWS_SECONDS)
    payments = await reconciled()
    moved = await readMoved(world.lab, world.fromBlock)
  })

  it.each(named)('%s: %s', (_point, _how, row) => {
    const one = played.get(row)
    if (!one) throw new Error('the row was not played to its end')
    const facts = { payments, moved }
    const wrong = judgeRow(one, facts)
    verdicts.push({ played: one, transfers: countTransfers(one, facts), wrong })
    expect(wrong).toEqual([])
  })

  it('what left the account is what the ledger says, to the unit, and nothing else', () => {
    const known = new Set(payments.map(({ nonce }) => nonce))
    expect(moved.filter(({ nonce }) => !known.has(nonce))).toEqual([])
    const charged = payments.reduce((sum, payment) => sum + BigInt(payment.charged ?? 0), 0n)
    expect(moved.reduce((sum, { amount }) => sum + amount, 0n)).toBe(charged)
    expect(moved.length).toBeGreaterThan(0)
  })
})

/** Wakes the reconciler until nothing is open; resolves with the ledger as it is then, or as it stays. */
async function reconciled(): Promise<readonly RawPayment[]> {
  const untilMs = performance.now() + RECONCILED_MS
  for (;;) {
    const payments = await world.inside(async (page) => {
      await page.evaluate(() => chrome.alarms.create('reconcile', { when: Date.now() }))
      await new Promise((done) => setTimeout(done, 1_000))
      return readPayments(page)
    })
    const open = payments.filter((one) => one.state !== 'released' && one.settledBy !== 'chain')
    if (open.length === 0 || performance.now() > untilMs) return payments
  }
}
