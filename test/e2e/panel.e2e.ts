/** Chat in the side panel's own page over JumpGate. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, openBench } from './bench.ts'
import { describePanelCases, openPanelPage, type PanelPage } from './panel-cases.ts'

let bench: Bench
let panel: PanelPage

beforeAll(async () => {
  bench = await openBench()
  panel = await openPanelPage(bench, 'jumpgate')
  // The gateway is paid for the first time: that is always asked about.
  await panel.ask('Who pays whom here?')
  await (await bench.driver.nextApproval()).approve()
  await panel.ended()
})
afterAll(() => bench?.close())
beforeEach(async () => {
  await bench.lab.clearFaults()
  await panel.fast()
})

describe('a question over JumpGate', () => {
  it('is answered within its budget without a window, and shows price and proof', async () => {
    const { paid, earned } = await bench.moved(async () => {
      await panel.ask()
      await panel.ended()
      await bench.rowWhen((row) => row.settledBy === 'chain')
    })
    expect(bench.driver.approvalWindows()).toBe(0)
    expect(paid).toBe(earned)
    const row = await bench.newestRow()
    expect(row).toMatchObject({ principal: 'panel', answer: 'answered', payment: { charged: String(paid) } })
    await panel.lastAnswer().locator('.proof-button').click()
    const receipt = panel.page().getByRole('dialog', { name: 'Proof and receipt' })
    expect(await receipt.innerText()).toContain(row.payment.transaction ?? 'a transaction')
    await panel.page().keyboard.press('Escape')
    await receipt.waitFor({ state: 'detached' })
  })

  it('whose worker is killed is settled once on the chain, and never again', async () => {
    await panel.slow()
    await panel.askForMuch()
    await panel.streaming()
    await bench.driver.killWorker()
    const before = await bench.payer()
    await panel.ended()
    await bench.rowWhen((row) => row.settledBy === 'chain', 40_000)
    expect(await bench.payer()).toBe(before)
  })

  it('says so when the gateway fails before anything is signed, with nothing charged', async () => {
    await bench.lab.fault('jumpgate', 'status-500', { stage: 'quote', count: 10 })
    const before = await bench.payer()
    await panel.ask()
    await panel.ended()
    expect(await panel.lastAnswer().innerText()).toMatch(/Nothing was charged|not charged/)
    expect(await bench.payer()).toBe(before)
  })
})

describePanelCases(() => panel)
