/** An answer from each gateway, on each network and in each deployment, with balances read from the chains. */
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Settings } from '../../src/protocol/settings.ts'
import { askUi } from './ask-ui.ts'
import { type Bench, openBench, PASSWORD } from './bench.ts'
import { BASE, BASE_SEPOLIA, BASE_USDC, SOLANA, SOLANA_USDC } from './lab-client.ts'
import { ask, type CallResult, chatBody, clickIn, startCall } from './page-api.ts'

/** Source: Circle's list of USDC contracts. */
const USDC = {
  [BASE]: BASE_USDC,
  [BASE_SEPOLIA]: '0x036CbD53842c5426634e7929541eC2318f3dCF7e',
  [SOLANA]: SOLANA_USDC,
} as const
type Network = keyof typeof USDC

let asked = 0
const fresh = (model: string, more: object = {}) =>
  chatBody(`Gateway question ${asked++}`, { model, ...more })

describe('JumpGate on Solana', () => {
  let bench: Bench
  let page: Page
  const funds = { network: SOLANA, asset: SOLANA_USDC }

  beforeAll(async () => {
    bench = await openBench({ ownLab: true, phrase: null })
    const { phrase } = bench.lab.info.accounts.empty
    const { solana } = await bench.driver.onboard({ phrase, password: PASSWORD })
    await bench.lab.fund({ ...funds, owner: solana ?? '' }, 2_000_000n)
    // Opening the popup reads the balances, where they were not read a moment ago.
    await new Promise((done) => setTimeout(done, 2000))
    const popup = await bench.driver.openPopup()
    await popup.getByText('$2.00').first().waitFor()
    await popup.close()
    page = await bench.openSite()
  })
  afterAll(() => bench?.close())

  const payee = () => bench.lab.balanceOf({ ...funds, owner: bench.lab.info.payees.jumpgate?.[SOLANA] ?? '' })

  it('is what a wallet pays with that has dollars there only', async () => {
    const before = await payee()
    await clickIn(page)
    const call = startCall(page, { body: fresh('ambient/large') })
    const approval = await bench.questionOf(call)
    expect(approval.fields.Network).toMatch(/^Solana/)
    await approval.approve()
    expect(await call.done).toMatchObject({ kind: 'answer', receipt: { outcome: 'settled' } })
    const row = await bench.rowWhen((one) => one.settledBy === 'chain', 40_000)
    expect(row.payment).toMatchObject({ network: SOLANA, state: 'settled' })
    expect((await payee()) - before).toBe(BigInt(row.payment.charged ?? '0'))
  })

  it('asks no second time when it failed before the signature and the page tries again', async () => {
    const body = fresh('ambient/large')
    const before = await payee()
    await clickIn(page)
    const call = startCall(page, { body })
    const approval = await bench.questionOf(call)
    // After the yes the newest offer is read again; that fails, with nothing signed yet.
    await bench.lab.fault('jumpgate', 'status-500', { stage: 'unpaid', count: 5 })
    await approval.approve()
    expect(await call.done).toMatchObject({ kind: 'error', type: 'gateway_failed', charged: 'no' })
    expect(await payee()).toBe(before)
    await bench.lab.clearFaults()
    expect(await startCall(page, { body }).done).toMatchObject({ kind: 'answer' })
    expect(bench.driver.approvalWindows()).toBe(0)
    expect(await payee()).toBeGreaterThan(before)
  })
})

describe('OpenGradient', () => {
  let bench: Bench
  let page: Page

  beforeAll(async () => {
    bench = await openBench({ ownLab: true })
    await bench.lab.control('POST', '/opengradient', { idleMs: 4000 })
  })
  afterAll(() => bench?.close())
  beforeEach(async () => {
    await page?.close()
    await bench.lab.clearFaults()
    page = await bench.openSite()
  })

  const deployments = [
    {
      name: 'the documented deployment',
      gateway: 'opengradientDocumented',
      network: BASE_SEPOLIA,
      asset: '0x240b09731D96979f50B2C649C9CE10FcF9C7987F',
      model: 'openai/gpt-4o',
      tab: /Base Sepolia/,
    },
    {
      name: 'the newer deployment',
      gateway: 'opengradient',
      network: BASE,
      asset: '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB',
      model: 'gpt-5-mini',
      tab: /^Base$/,
    },
  ] as const

  describe.each(deployments)('$name', ({ gateway, network, asset, model, tab }) => {
    const payer = () => bench.lab.balanceOf({ network, asset, owner: bench.lab.info.accounts.evm.address })
    const payee = () =>
      bench.lab.balanceOf({ network, asset, owner: bench.lab.info.payees[gateway]?.[network] ?? '' })

    /** Asks, approves where there is a question, and waits. */
    async function pay(body: object, options: { budget?: boolean } = {}): Promise<CallResult> {
      await clickIn(page)
      const call = startCall(page, { body })
      const end = call.done.then((result) => ({ result }))
      const asks = bench.driver.nextApproval({ timeoutMs: 15_000 }).then(
        (approval) => ({ approval }),
        () => end,
      )
      const first = await Promise.race([end, asks])
      if ('result' in first) return first.result
      await first.approval.approve(options)
      return call.done
    }

    /** What the popup says of the newest answer's proof. */
    async function expectProof(words: string): Promise<void> {
      const { id } = await bench.newestRow()
      const detail = await bench.driver.openPopup(`#/history/request/${encodeURIComponent(id)}`)
      await detail.getByText(words, { exact: true }).first().waitFor()
      await detail.close()
    }

    it('is paid through the wallet’s OPG screen first: off, switched on with an allowance, and back', async () => {
      await clickIn(page)
      const call = startCall(page, { body: fresh(model) })
      const off = await bench.driver.nextApproval()
      expect(off.text).toMatch(/Payments in (Test )?OPG are off|OPG needs an allowance first/)
      const opg = await bench.driver.openPopup(`#/opg/${encodeURIComponent(network)}`)
      await opg.getByRole('radio', { name: tab }).check({ force: true })
      await opg.getByRole('button', { name: 'Look at the fee' }).click()
      await opg.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await opg.getByRole('button', { name: 'Switch on and set the allowance' }).click()
      await opg.getByText('The chain has confirmed it.').waitFor({ timeout: 40_000 })
      await opg.close()
      await off.page.bringToFront()
      // The question is read anew until allowance and balance are known: what changed under a press is asked again.
      const result = await bench.approveUntilEnd(call)
      expect(result).toMatchObject({
        kind: 'answer',
        receipt: { proof: { kind: 'tee', verdict: 'verified' } },
      })
      await expectProof('Proven: a registered enclave gave exactly this answer')
    })

    it('shares one payment between the answers of a session, and is charged what the chain says', async () => {
      const before = [await payer(), await payee()] as const
      await bench.lab.clearCounters()
      expect(await pay(fresh(model), { budget: true })).toMatchObject({ kind: 'answer' })
      expect(await pay(fresh(model))).toMatchObject({ kind: 'answer' })
      const [second, first] = await bench.driver.ledger()
      expect(second?.payment.id).toBe(first?.payment.id)
      // The gateway settles the sum when the session has been idle.
      await expect.poll(payee, { timeout: 30_000 }).toBeGreaterThan(before[1])
      const row = await bench.rowWhen((one) => one.settledBy === 'chain', 60_000)
      const paid = before[0] - (await payer())
      expect(paid).toBe((await payee()) - before[1])
      expect(BigInt(row.payment.charged ?? '0')).toBeLessThanOrEqual(BigInt(row.payment.maximum))
    })

    it('goes on with a new payment when the session ends in mid-conversation', async () => {
      expect(await pay(fresh(model), { budget: true })).toMatchObject({ kind: 'answer' })
      await bench.lab.fault(gateway, 'session-expired', { stage: 'paid' })
      expect(await pay(fresh(model))).toMatchObject({ kind: 'answer' })
      const [second, first] = await bench.driver.ledger()
      expect(second?.payment.id).not.toBe(first?.payment.id)
    })

    it.each([
      [
        'unknown-enclave',
        { kind: 'tee', verdict: 'unconfirmed' },
        'Signed, but the enclave is not confirmed',
      ],
      ['no-proof', { kind: 'none' }, 'No proof'],
    ])('%s: receipt and history say so', async (fault, proof, words) => {
      await bench.lab.fault(gateway, fault, { stage: 'paid' })
      expect(await pay(fresh(model), { budget: true })).toMatchObject({ kind: 'answer', receipt: { proof } })
      await expectProof(words)
    })

    it('says so when the proof is forged, and is asked about before it is used again', async () => {
      await bench.lab.fault(gateway, 'forged-proof', { stage: 'paid' })
      const result = await pay(fresh(model), { budget: true })
      expect(result).toMatchObject({ receipt: { proof: { kind: 'tee', verdict: 'failed' } } })
      await expectProof('The proof does not fit this answer')
      await clickIn(page)
      const call = startCall(page, { body: fresh(model) })
      const approval = await bench.driver.nextApproval()
      expect(approval.text).toContain('did not match its proof')
      await approval.reject()
      expect(await call.done).toMatchObject({ kind: 'error', code: 4001 })
    })
  })
})

describe('a gateway that the person added', () => {
  let bench: Bench

  beforeAll(async () => {
    bench = await openBench()
  })
  afterAll(() => bench?.close())

  async function add(url: string, model: string): Promise<Page> {
    const page = await bench.driver.openPopup('#/settings/gateways/new')
    await page.getByRole('textbox', { name: 'Address' }).fill(url)
    await page.getByRole('textbox', { name: 'One of its models' }).fill(model)
    await page.getByRole('button', { name: 'Look at its offer' }).click()
    return page
  }

  it.each([
    ['streams', 'seller', 'lab/writer'],
    ['answers whole, on the stock middleware', 'stockSeller', 'stock'],
  ] as const)('%s: is looked at for free, saved and paid', async (_, name, model) => {
    const url = `${bench.lab.info.urls[name]}/v1`
    await bench.lab.clearCounters()
    const settings = await add(url, model)
    await settings
      .getByText(bench.lab.info.payees[name]?.[BASE] ?? '')
      .first()
      .waitFor()
    expect((await bench.lab.counters())[name]?.paid ?? 0).toBe(0)
    await settings.getByRole('button', { name: 'Save the gateway' }).click()
    await settings.getByText('Saved').waitFor()
    await settings.close()
    // Which gateways a person added is no business of a site without a budget.
    const page = await bench.openSite()
    await clickIn(page)
    expect(await startCall(page, { body: fresh(model) }).done).toMatchObject({ type: 'invalid_request' })
    const granted = ask(page, 'requestBudget', { cap: '0.5', period: 'day' })
    await (await bench.driver.nextApproval()).approve()
    await granted
    await payOver(BASE, { page, model, payee: name })
  })

  it.each<{ network: Network; choice: RegExp }>([
    { network: BASE_SEPOLIA, choice: /Base Sepolia/ },
    { network: SOLANA, choice: /^Solana/ },
  ])('is paid over $network where the person chose that', async ({ network, choice }) => {
    const { evm, solana } = bench.lab.info.accounts
    const owner = network === SOLANA ? solana.address : evm.address
    await bench.lab.fund({ network, asset: USDC[network], owner }, 5_000_000n)
    const settings = await bench.driver.openPopup('#/settings/answers')
    await settings.getByRole('radio', { name: choice }).check({ force: true })
    const stored = async () => (await askUi<Settings>(settings, 'settings.get', {})).networkPreference
    await expect.poll(stored).toBe(network)
    await settings.close()
    const page = await bench.openSite()
    await clickIn(page)
    const granted = ask(page, 'requestBudget', { cap: '0.5', period: 'day' })
    await (await bench.driver.nextApproval()).approve()
    await granted
    await payOver(network, { page, model: 'lab/writer', payee: 'seller' })
  })

  /** Asks, approves, and compares what arrived with the books. */
  async function payOver(
    network: Network,
    { page, model, payee }: { page: Page; model: string; payee: string },
  ): Promise<void> {
    const owner = bench.lab.info.payees[payee]?.[network] ?? ''
    const earned = () => bench.lab.balanceOf({ network, asset: USDC[network], owner })
    const before = await earned()
    await clickIn(page)
    const call = startCall(page, { body: fresh(model, { stream: true }) })
    await (await bench.questionOf(call)).approve()
    expect(await call.done).toMatchObject({ kind: 'answer', receipt: { proof: { kind: 'none' } } })
    const row = await bench.rowWhen((one) => one.settledBy === 'chain', 40_000)
    expect(row.payment).toMatchObject({ network, state: 'settled' })
    expect((await earned()) - before).toBe(BigInt(row.payment.charged ?? '0'))
  }
})
