/** Chat in the side panel over OpenGradient: another model, paid in OPG, its proof checked here. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, openBench, PASSWORD } from './bench.ts'
import { BASE } from './lab-client.ts'
import { describePanelCases, openPanelPage, type PanelPage } from './panel-cases.ts'

let bench: Bench
let panel: PanelPage

beforeAll(async () => {
  bench = await openBench({ ownLab: true })
  panel = await openPanelPage(bench, 'opengradient')
})
afterAll(() => bench?.close())
beforeEach(async () => {
  await bench.lab.clearFaults()
  await panel.fast()
})

async function switchOnOpg(): Promise<void> {
  const opg = await bench.driver.openPopup(`#/opg/${encodeURIComponent(BASE)}`)
  await opg.getByRole('radio', { name: /^Base$/ }).check({ force: true })
  await opg.getByRole('button', { name: 'Look at the fee' }).click()
  await opg.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await opg.getByRole('button', { name: 'Switch on and set the allowance' }).click()
  await opg.getByText('The chain has confirmed it.').waitFor({ timeout: 40_000 })
  await opg.close()
}

describe('a model of OpenGradient', () => {
  it('is chosen in the panel, asked about once, and its answer is verified here', async () => {
    await switchOnOpg()
    await panel
      .page()
      .getByRole('button', { name: /^Model:/ })
      .click()
    await panel
      .page()
      .getByRole('radio', { name: /^gpt-5-mini\b/ })
      .click()
    await panel.page().getByRole('button', { name: 'Model: gpt-5-mini' }).waitFor()
    await panel.ask('How many moons has Mars?')
    const approval = await bench.driver.nextApproval()
    expect(approval.fields.Model).toBe('gpt-5-mini')
    await approval.approve({ budget: true })
    await panel.lastAnswer().getByText('Verified by TEE').waitFor()
    expect(await bench.newestRow()).toMatchObject({ principal: 'panel', currency: 'OPG', answer: 'answered' })
  })

  it('answers the next question on the same payment, without a window', async () => {
    const { payment } = await bench.newestRow()
    await panel.ask('And Venus?')
    await panel.lastAnswer().getByText('Verified by TEE').waitFor()
    const row = await bench.newestRow()
    expect(row.payment.id).toBe(payment.id)
    expect(bench.driver.approvalWindows()).toBe(0)
  })

  it('says so where the proof does not fit', async () => {
    await bench.lab.fault('opengradient', 'forged-proof', { stage: 'paid' })
    await panel.ask('And Saturn?')
    await panel.lastAnswer().getByText('TEE proof failed').waitFor()
  })
})

describePanelCases(() => panel)
