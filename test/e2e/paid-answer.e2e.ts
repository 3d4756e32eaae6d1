/** The main path in a real browser: a page asks, a person decides, money moves on a real chain, the ledger agrees. */
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, openBench, PASSWORD } from './bench.ts'
import { BASE, BASE_USDC } from './lab-client.ts'
import { onboardIn } from './onboard.ts'
import { ask, chatBody, clickIn, startCall } from './page-api.ts'

let bench: Bench
let page: Page

beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench?.close())
beforeEach(async () => {
  await page?.close()
  await bench.lab.clearFaults()
  page = await bench.openSite()
})

describe('a page asks', () => {
  it('streams the answer after the yes, and the ledger holds the very transfer of the chain', async () => {
    const { paid, earned } = await bench.moved(async () => {
      const call = await bench.ask(page, 'Explain verifiable inference in one paragraph.')
      const approval = await bench.driver.nextApproval()
      expect(approval.fields.Site).toContain(new URL(page.url()).host)
      expect(approval.fields).toMatchObject({
        Model: 'ambient/large',
        Network: expect.stringMatching(/^Base/),
      })
      await approval.approve()
      const result = await call.done
      expect(result).toMatchObject({ kind: 'answer', finish: 'stop', receipt: { outcome: 'settled' } })
      expect(result.text.length).toBeGreaterThan(40)
      if (result.kind === 'answer') expect(result.chunks).toBeGreaterThan(3)
    })
    const row = await bench.rowWhen((one) => one.settledBy === 'chain')
    expect(row).toMatchObject({ money: 'settled', answer: 'answered', error: null })
    expect(row.payment).toMatchObject({ state: 'settled', charged: String(paid) })
    expect(row.payment.transaction).toMatch(/^0x[0-9a-f]{64}$/)
    expect(paid).toBe(earned)
    expect(paid).toBeGreaterThan(0n)
    expect(paid).toBeLessThanOrEqual(BigInt(row.max))
  })

  it('gets the same answer whole when it does not ask for a stream', async () => {
    const streamed = await bench.pay(page, 'Why is the sky blue?')
    const whole = await bench.pay(page, 'Why is the sky blue?', {
      body: chatBody('Why is the sky blue?', { stream: false }),
    })
    expect(whole).toMatchObject({ kind: 'answer', chunks: 1, text: streamed.text })
    expect(streamed.text).not.toBe('')
  })

  it('pays again without a question within a budget that was given with the yes', async () => {
    const first = await bench.ask(page, 'First question')
    await (await bench.driver.nextApproval()).approve({ budget: true })
    expect(await first.done).toMatchObject({ kind: 'answer' })
    const { paid } = await bench.moved(async () => {
      const second = await startCall(page, { body: chatBody('Second question') }).done
      expect(second).toMatchObject({ kind: 'answer' })
    })
    expect(paid).toBeGreaterThan(0n)
    expect(bench.driver.approvalWindows()).toBe(0)
    const budget = await ask<{ spent: string }>(page, 'getBudget', {})
    expect(Number(budget.spent)).toBeGreaterThan(0)
  })
})

describe('a person who does not say yes', () => {
  it('is heard: reject is 4001, nothing is signed and nothing moves', async () => {
    const before = await bench.rowIds()
    await bench.lab.clearCounters()
    const { paid, earned } = await bench.moved(async () => {
      const call = await bench.ask(page, 'Something')
      await (await bench.driver.nextApproval()).reject()
      expect(await call.done).toMatchObject({
        kind: 'error',
        code: 4001,
        type: 'user_rejected',
        charged: 'no',
      })
    })
    expect([paid, earned]).toEqual([0n, 0n])
    expect((await bench.lab.counters()).jumpgate).toMatchObject({ paid: 0, settled: 0 })
    expect(await bench.rowIds()).toEqual(before)
  })

  it('is heard: closing the window is the same as reject', async () => {
    await bench.lab.clearCounters()
    const call = await bench.ask(page, 'Something else')
    await (await bench.driver.nextApproval()).close()
    expect(await call.done).toMatchObject({ kind: 'error', code: 4001, type: 'user_rejected', charged: 'no' })
    expect((await bench.lab.counters()).jumpgate).toMatchObject({ paid: 0 })
  })

  it('is heard: Escape is the same as reject', async () => {
    const call = await bench.ask(page, 'Escape it')
    const approval = await bench.driver.nextApproval()
    const closed = approval.page.waitForEvent('close')
    // The key goes down, and the window is gone before it comes up.
    await approval.page.keyboard.press('Escape').catch(() => undefined)
    await closed
    expect(await call.done).toMatchObject({ kind: 'error', code: 4001, charged: 'no' })
  })

  it('is not asked at all without a click in the page', async () => {
    expect(await startCall(page, { body: chatBody('Unasked') }).done).toMatchObject({
      kind: 'error',
      code: -32002,
      type: 'activation_required',
      charged: 'no',
    })
    expect(bench.driver.approvalWindows()).toBe(0)
  })
})

describe('a locked wallet', () => {
  it('asks for the password once, in the window of the question', async () => {
    await bench.driver.lock()
    const call = await bench.ask(page, 'Locked question')
    const approval = await bench.driver.nextApproval()
    expect(approval.text).toContain('Your wallet is locked')
    await approval.unlock(PASSWORD)
    await approval.approve()
    expect(await call.done).toMatchObject({ kind: 'answer' })
    const again = await bench.pay(page, 'Unlocked question')
    expect(again).toMatchObject({ kind: 'answer' })
  })

  it('does not open to a wrong password', async () => {
    await bench.driver.lock()
    expect(await bench.driver.unlock('not the password at all')).toBe(false)
    const call = await bench.ask(page, 'Wrong password')
    const approval = await bench.driver.nextApproval()
    await approval.page.getByLabel('Password', { exact: true }).fill('still not the password')
    await approval.page.getByRole('button', { name: 'Unlock', exact: true }).click()
    await approval.page.getByText('That is not the password').waitFor()
    expect(await approval.page.getByRole('button', { name: 'Approve once' }).isEnabled()).toBe(false)
    await approval.reject()
    expect(await call.done).toMatchObject({ kind: 'error', code: 4001, charged: 'no' })
    expect(await bench.driver.unlock(PASSWORD)).toBe(true)
  })
})

describe('a request that is no request', () => {
  const cases: readonly [string, object | string | null, { code: number; type: string }][] = [
    ['no body', null, { code: -32602, type: 'invalid_request' }],
    ['a text', 'hello', { code: -32602, type: 'invalid_request' }],
    ['no messages', { model: 'ambient/large', stream: true }, { code: -32602, type: 'invalid_request' }],
    [
      'messages that are no list',
      { model: 'ambient/large', messages: 'hi' },
      { code: -32602, type: 'invalid_request' },
    ],
    [
      'an unknown model',
      chatBody('Hi', { model: 'nobody/has-this' }),
      { code: -32602, type: 'invalid_request' },
    ],
    ['300 KiB of text', chatBody('x'.repeat(300 * 1024)), { code: -32602, type: 'invalid_request' }],
    [
      'an answer limit below one',
      chatBody('Hi', { max_tokens: -5 }),
      { code: -32602, type: 'invalid_request' },
    ],
  ]
  it.each(cases)('%s: a clear error, no window, nothing lost', async (_, body, error) => {
    const before = await bench.rowIds()
    await bench.lab.clearCounters()
    await clickIn(page)
    const result = await startCall(page, { body }).done
    expect(result).toMatchObject({ kind: 'error', charged: 'no', ...error })
    if (result.kind === 'error') expect(result.message.length).toBeGreaterThan(15)
    expect(bench.driver.approvalWindows()).toBe(0)
    expect((await bench.lab.counters()).jumpgate).toMatchObject({ paid: 0 })
    expect(await bench.rowIds()).toEqual(before)
  })
})

describe('a new wallet', () => {
  let fresh: Bench
  beforeAll(async () => {
    fresh = await openBench({ phrase: null })
  })
  afterAll(() => fresh?.close())
  const password = 'seven herons dance slowly'

  it('is made and funded on the way of a request, which then goes on', async () => {
    const { driver, lab } = fresh
    await lab.clearCounters()
    const call = await fresh.ask(await fresh.openSite(), 'Is there a wallet?')
    const question = await fresh.questionOf(call)
    expect(question.text).toContain('You have no wallet yet')
    const opened = driver.context.waitForEvent('page')
    await question.page.getByRole('link', { name: 'Set up a wallet' }).click()
    const setUp = await opened
    expect(setUp.url()).toBe(`chrome-extension://${driver.extensionId}/onboarding.html`)
    const made = await onboardIn(setUp, { password })
    expect(made.phrase?.split(' ')).toHaveLength(12)
    expect(made.evm).toMatch(/^0x[0-9a-fA-F]{40}$/)
    expect(made.solana).toMatch(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/)
    await setUp.close()

    await question.page.getByText('Not enough money in the wallet').waitFor()
    expect(await question.page.locator('body').innerText()).toContain(made.evm)
    expect(await question.page.getByRole('button', { name: 'Approve once' }).isEnabled()).toBe(false)
    expect((await lab.counters()).jumpgate).toMatchObject({ paid: 0 })
    await lab.fund({ network: BASE, owner: made.evm ?? '', asset: BASE_USDC }, 1_000_000n)
    await question.page.getByText('Not enough money in the wallet').waitFor({ state: 'detached' })
    await question.approve()
    expect(await call.done).toMatchObject({ kind: 'answer', finish: 'stop' })
    expect((await lab.counters()).jumpgate).toMatchObject({ paid: 1 })
    expect(driver.approvalWindows()).toBe(0)
  })

  it('opens with its password alone', async () => {
    await fresh.driver.lock()
    expect(await fresh.driver.unlock('seven herons dance fast')).toBe(false)
    expect(await fresh.driver.unlock(password)).toBe(true)
  })

  it('imported from words has the addresses that every wallet derives from them', async () => {
    const popup = await bench.driver.openPopup()
    const status = await popup.evaluate(() => chrome.runtime.sendMessage({ ui: 'wallet.status', params: {} }))
    expect(status.value).toMatchObject({
      // Source: anvil's first development account for this phrase.
      evm: '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
      solana: bench.lab.info.accounts.solana.address,
    })
    await popup.close()
  })
})
