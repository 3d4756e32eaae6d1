/** Money steered by keyboard alone: a wallet made, a budget changed, limits lowered, spending frozen, the history taken along. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askUi } from './ask-ui.ts'
import { type Bench, openBench, PASSWORD } from './bench.ts'
import { faultsOf, pressOn, typeInto } from './by-keyboard.ts'
import { BASE, BASE_USDC } from './lab-client.ts'
import { chatBody, clickIn, startCall } from './page-api.ts'

let bench: Bench
let principal = ''

beforeAll(async () => {
  bench = await openBench({ phrase: null })
})
afterAll(() => bench?.close())

/** Replaces what stands in a field that has the focus. */
async function retype(page: Page, name: string, text: string): Promise<void> {
  await typeInto(page, name, '')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(text)
}

/** Whether the control with the focus shows it: an outline that is really drawn. */
function showsFocus(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { activeElement } = document
    if (!activeElement) return false
    const style = getComputedStyle(activeElement)
    const isDrawn = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0
    return isDrawn || style.boxShadow !== 'none'
  })
}

describe('by keyboard alone', () => {
  it('a wallet is made, and its words are checked', async () => {
    const page = await bench.driver.context.newPage()
    await page.goto(`chrome-extension://${bench.driver.extensionId}/onboarding.html`)
    await page.getByRole('link', { name: 'Create a new wallet' }).waitFor()
    await pressOn(page, 'Create a new wallet')
    await page.getByLabel('Repeat the password', { exact: true }).waitFor()
    await typeInto(page, 'Password', PASSWORD)
    expect(await showsFocus(page)).toBe(true)
    await typeInto(page, 'Repeat the password', PASSWORD)
    await page.keyboard.press('Enter')
    const list = page.getByRole('list', { name: 'Your words, in order' })
    await list.waitFor()
    expect(await faultsOf(page)).toEqual([])
    const words = (await list.getByRole('listitem').allTextContents()).map((word) =>
      word.replace(/[^a-z]/g, ''),
    )
    await pressOn(page, 'I have written them down')
    await page
      .getByRole('textbox', { name: /^Word \d+$/ })
      .first()
      .waitFor()
    expect(await faultsOf(page)).toEqual([])
    for (const field of await page.getByRole('textbox', { name: /^Word \d+$/ }).all()) {
      const name = await field.evaluate(
        (input: HTMLInputElement) => input.labels?.[0]?.textContent?.trim() ?? '',
      )
      await typeInto(page, name, words[Number(name.replace(/\D/g, '')) - 1] ?? '')
    }
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Put a little money in' }).waitFor()
    const { evm } = await askUi<{ evm: string }>(page, 'wallet.status', {})
    await bench.lab.fund({ network: BASE, owner: evm, asset: BASE_USDC }, 1_000_000n)
    await page.close()
  })

  it('a site gets a budget in the approval', async () => {
    const site = await bench.openSite()
    principal = await site.evaluate(() => location.origin)
    await clickIn(site)
    const call = startCall(site, { body: chatBody('By keyboard') })
    const { page } = await bench.questionOf(call)
    const approve = page.getByRole('button', { name: /^Approve with a budget/ })
    // The deposit has to be seen first.
    await expect.poll(() => approve.isEnabled(), { timeout: 20_000 }).toBe(true)
    await pressOn(page, /^Approve with a budget/, 'Space')
    expect(await call.done).toMatchObject({ kind: 'answer' })
    await site.close()
  })

  it('the budget is lowered', async () => {
    const popup = await bench.driver.openPopup(`#/sites/${encodeURIComponent(principal)}`)
    await popup.getByRole('button', { name: 'Edit', exact: true }).waitFor()
    await pressOn(popup, 'Edit')
    await popup.getByRole('dialog').waitFor()
    expect(await faultsOf(popup)).toEqual([])
    await retype(popup, 'Budget (USD)', '0.07')
    await retype(popup, 'At most per request (USD)', '0.01')
    await pressOn(popup, 'Save')
    await popup.getByRole('dialog').waitFor({ state: 'detached' })
    const { budgets } = await askUi<{ budgets: { cap: string }[] }>(popup, 'sites.get', { principal })
    expect(budgets.map(({ cap }) => cap)).toEqual(['70000'])
    await popup.close()
  })

  it('a limit is lowered, without a password', async () => {
    const popup = await bench.driver.openPopup('#/settings/limits')
    await popup.getByRole('textbox', { name: 'At most a day (USD)' }).first().waitFor()
    await retype(popup, 'At most a day (USD)', '2')
    await pressOn(popup, 'Save')
    await popup.getByText('Saved').waitFor()
    const { limits } = await askUi<{ limits: { USDC: { perDay: string } } }>(popup, 'limits.get', {})
    expect(limits.USDC.perDay).toBe('2000000')
    await popup.close()
  })

  it('spending is frozen, and let go', async () => {
    const popup = await bench.driver.openPopup()
    await popup.getByRole('button', { name: 'Freeze all spending' }).waitFor()
    await pressOn(popup, 'Freeze all spending')
    await popup.getByRole('button', { name: 'Lift the freeze' }).first().waitFor()
    expect(await askUi(popup, 'limits.get', {})).toMatchObject({ frozen: true })
    expect(await faultsOf(popup)).toEqual([])
    await pressOn(popup, 'Lift the freeze')
    await expect.poll(() => askUi(popup, 'limits.get', {})).toMatchObject({ frozen: false })
    await popup.close()
  })

  it('the history is read, opened, and taken along as a file', async () => {
    const popup = await bench.driver.openPopup('#/history')
    await popup.getByRole('button', { name: 'Export JSON' }).waitFor()
    const download = popup.waitForEvent('download')
    await pressOn(popup, 'Export JSON')
    const rows: { id: string; principal: string }[] = JSON.parse(
      await readFile(await (await download).path(), 'utf8'),
    )
    const [row] = await bench.driver.ledger()
    expect(rows).toMatchObject([{ id: row?.id, principal }])
    await popup.close()
  })
})
