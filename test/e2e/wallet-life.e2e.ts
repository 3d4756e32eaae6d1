/** The wallet through lock and unlock, a dead worker, a restarted browser, a moved clock and dead endpoints. */
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, openBench, PASSWORD } from './bench.ts'
import { ask, chatBody, startCall } from './page-api.ts'

let bench: Bench
let page: Page
let asked = 0
/** A body that nobody asked for before, so that no earlier yes covers it. */
const fresh = () => chatBody(`Wallet question ${asked++}`)

beforeAll(async () => {
  bench = await openBench({ ownLab: true })
  page = await bench.openSite()
  const call = await bench.ask(page, '', { body: fresh() })
  await (await bench.driver.nextApproval()).approve({ budget: true })
  expect(await call.done).toMatchObject({ kind: 'answer' })
})
afterAll(() => bench?.close())

describe('the worker dies', () => {
  it('and the next one signs without a password, within the budget and unasked', async () => {
    await bench.driver.killWorker()
    const { paid, earned } = await bench.moved(async () => {
      expect(await startCall(page, { body: fresh() }).done).toMatchObject({ kind: 'answer' })
    })
    expect(paid).toBeGreaterThan(0n)
    expect(earned).toBe(paid)
    expect(bench.driver.approvalWindows()).toBe(0)
  })

  it('in mid-answer, and the page’s promise ends: paid once at most, in an answer or a typed error', async () => {
    await bench.lab.rate('jumpgate', { tokensPerSecond: 20 })
    try {
      const { paid } = await bench.moved(async () => {
        const call = startCall(page, { body: fresh() })
        await expect.poll(async () => (await bench.newestRow()).answer).toBe('streaming')
        await bench.driver.killWorker()
        const result = await call.done
        if (result.kind === 'error') expect(result).toMatchObject({ code: 4405, type: 'paid_no_answer' })
      })
      const row = await bench.rowWhen((one) => one.settledBy === 'chain', 40_000)
      expect(String(paid)).toBe(row.payment.charged)
    } finally {
      await bench.lab.rate('jumpgate', { tokensPerSecond: 0 })
    }
  })
})

describe('an endpoint dies', () => {
  it('and the other one answers', async () => {
    await bench.lab.rpc('base', 'dead')
    try {
      expect(await startCall(page, { body: fresh() }).done).toMatchObject({ kind: 'answer' })
      await bench.rowWhen((row) => row.settledBy === 'chain', 40_000)
    } finally {
      await bench.lab.rpc('base', 'ok')
    }
  })

  it('with the other one, and the balance is said to be old, and not zero', async () => {
    const popup = await bench.driver.openPopup()
    await popup
      .getByText(/\$24\.\d\d|\$49\.\d\d/)
      .first()
      .waitFor()
    for (const name of ['base', 'baseSecond']) await bench.lab.rpc(name, 'dead')
    try {
      // Right after a reading, which the popup does on opening, another one is not worth it.
      await popup.waitForTimeout(2000)
      await popup.getByRole('button', { name: 'Read the balances anew' }).click()
      await popup.getByText('not all read').first().waitFor({ timeout: 40_000 })
      await popup.getByText('By network').click()
      await popup.getByText('could not be read').first().waitFor()
      expect(await popup.getByText(/\$24\.\d\d|\$49\.\d\d/).count()).toBeGreaterThan(0)
      expect(await popup.getByText('The wallet is empty').count()).toBe(0)
      // What needs no chain goes on; what the chain would confirm waits for it.
      const result = await startCall(page, { body: fresh() }).done
      expect(result).toMatchObject({ kind: 'answer' })
      expect(await bench.newestRow()).toMatchObject({ money: 'settled', settledBy: 'gateway' })
    } finally {
      for (const name of ['base', 'baseSecond']) await bench.lab.rpc(name, 'ok')
      await popup.close()
    }
    await bench.rowWhen((row) => row.settledBy === 'chain', 60_000)
  })
})

describe('the disk is full', () => {
  it('and nothing is signed, since it could not be written down; with room again all goes on', async () => {
    const origin = `chrome-extension://${bench.driver.extensionId}`
    const quiet = await bench.driver.open(`${origin}/manifest.json`)
    const session = await bench.driver.context.newCDPSession(quiet)
    const before = await bench.rowIds()
    await bench.lab.clearCounters()
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
    // Chromium remembers how much room there was for as long as the database is open.
    await bench.driver.killWorker()
    await quiet.waitForTimeout(4000)
    const result = await startCall(page, { body: fresh() }).done
    expect(result).toMatchObject({ kind: 'error', code: 4900, type: 'gateway_failed', charged: 'no' })
    expect((await bench.lab.counters()).jumpgate).toMatchObject({ paid: 0 })
    await session.send('Storage.overrideQuotaForOrigin', { origin })
    expect(await bench.rowIds()).toEqual(before)
    expect(await startCall(page, { body: fresh() }).done).toMatchObject({ kind: 'answer' })
    await quiet.close()
  })
})

describe('the browser restarts', () => {
  it('and the wallet is locked: within its budget the site reads locked, and nothing is signed', async () => {
    await bench.driver.restart()
    bench.driver.context.setDefaultTimeout(20_000)
    const url = page.url()
    page = await bench.driver.open(url)
    await bench.lab.clearCounters()
    expect(await startCall(page, { body: fresh() }).done).toMatchObject({
      kind: 'error',
      code: 4100,
      type: 'locked',
      charged: 'no',
    })
    expect((await bench.lab.counters()).jumpgate).toMatchObject({ paid: 0 })
    expect(await bench.driver.unlock(PASSWORD)).toBe(true)
    expect(await startCall(page, { body: fresh() }).done).toMatchObject({ kind: 'answer' })
  })
})

describe('the clock moves', () => {
  it('more than two minutes away from the chain’s: nothing is signed, and the site with a budget reads locked', async () => {
    await bench.lab.clearCounters()
    await bench.driver.moveClock(180)
    expect(await startCall(page, { body: fresh() }).done).toMatchObject({
      kind: 'error',
      code: 4100,
      charged: 'no',
    })
    expect((await bench.lab.counters()).jumpgate).toMatchObject({ paid: 0 })
    // The next worker has the true clock, which is behind the one before: the wallet does not trust that.
    await bench.driver.killWorker()
    expect(await startCall(page, { body: fresh() }).done).toMatchObject({ kind: 'error', type: 'locked' })
    expect(await bench.driver.unlock(PASSWORD)).toBe(true)
    expect(await startCall(page, { body: fresh() }).done).toMatchObject({ kind: 'answer' })
  })

  it('past eight hours since the password: the wallet is locked', async () => {
    await bench.lab.clearCounters()
    await bench.driver.moveClock(8 * 3600 + 1)
    await bench.lab.warp('eip155:8453', 8 * 3600 + 1)
    expect(await startCall(page, { body: fresh() }).done).toMatchObject({
      kind: 'error',
      code: 4100,
      type: 'locked',
    })
    expect((await bench.lab.counters()).jumpgate).toMatchObject({ paid: 0 })
    const popup = await bench.driver.openPopup()
    await popup.getByRole('button', { name: 'Unlock', exact: true }).waitFor()
    await popup.close()
  })
})

describe('a receipt', () => {
  it('is listed for its own site only', async () => {
    const own = await ask<{ id: string }[]>(page, 'receipts.list', {})
    const other = await bench.openSite()
    expect(own.length).toBeGreaterThan(3)
    expect(await ask<unknown[]>(other, 'receipts.list', {})).toEqual([])
  })
})
