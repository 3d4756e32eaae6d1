/** The real pages under axe, and the main path by keyboard alone. `npm run test:accessibility` looks at every state of every component. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, openBench, PASSWORD } from './bench.ts'
import { faultsOf, pressOn, typeInto } from './by-keyboard.ts'
import { chatBody, clickIn, startCall } from './page-api.ts'

let bench: Bench

beforeAll(async () => {
  bench = await openBench({ phrase: null })
})
afterAll(() => bench?.close())

describe('by keyboard alone', () => {
  it('a wallet is imported; no step has a serious fault', async () => {
    const page = await bench.driver.context.newPage()
    await page.goto(`chrome-extension://${bench.driver.extensionId}/onboarding.html`)
    await page.getByRole('link', { name: 'Import a wallet' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await pressOn(page, 'Import a wallet')
    await page.getByRole('textbox', { name: 'Your recovery words' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await typeInto(page, 'Your recovery words', bench.lab.info.accounts.phrase)
    await typeInto(page, 'Password', PASSWORD)
    await typeInto(page, 'Repeat the password', PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Put a little money in' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await pressOn(page, /^(Continue|I will do this later)$/)
    await page.getByRole('heading', { name: 'Ready' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.close()
  })

  it('a question is read and approved', async () => {
    const site = await bench.openSite()
    await clickIn(site)
    const call = startCall(site, { body: chatBody('By keyboard') })
    const { page } = await bench.questionOf(call)
    expect(await faultsOf(page)).toEqual([])
    await expect.poll(() => page.getByRole('button', { name: 'Approve once' }).isEnabled()).toBe(true)
    await pressOn(page, 'Approve once', 'Space')
    expect(await call.done).toMatchObject({ kind: 'answer' })
    await site.close()
  })

  it('the wallet is locked and unlocked', async () => {
    const popup = await bench.driver.openPopup()
    await popup.getByRole('button', { name: 'Lock', exact: true }).waitFor()
    await pressOn(popup, 'Lock')
    await popup.getByRole('button', { name: 'Unlock', exact: true }).waitFor()
    expect(await faultsOf(popup)).toEqual([])
    await typeInto(popup, 'Password', PASSWORD)
    await popup.keyboard.press('Enter')
    await popup.getByRole('button', { name: 'Lock', exact: true }).waitFor()
    await popup.close()
  })
})

describe('no fault, light or dark,', () => {
  it.each([
    ['#/', 'x402 Chat'],
    ['#/sites', 'Sites'],
    ['#/history', 'History'],
    ['#/insights', 'Insights'],
    ['#/settings', 'Settings'],
    ['#/settings/limits', 'Your limits'],
    ['#/settings/gateways', 'Gateways'],
    ['#/settings/gateways/new', 'Add a gateway'],
    ['#/settings/sites', 'New sites'],
    ['#/settings/answers', 'Models and payment'],
    ['#/settings/rpc', 'Chain servers'],
    ['#/settings/locking', 'Locking'],
    ['#/settings/notices', 'Notifications'],
    ['#/settings/privacy', 'Privacy'],
    ['#/settings/about', 'About'],
    ['#/sites/panel', 'Side panel'],
    ['#/sites/new', 'Add a site'],
    ['#/settings/backup', 'Backup and restore'],
    ['#/settings/restore', 'Restore from a backup'],
    ['#/settings/reveal', 'Recovery words and keys'],
    ['#/settings/password', 'Change the password'],
    ['#/settings/reset', 'Reset the wallet'],
    ['#/wallet/send', 'Send'],
    ['#/wallet/receive', 'Add money'],
    ['#/wallet/transfers', 'Money sent'],
    ['#/opg', 'OPG and OpenGradient'],
  ])('on %s', async (route, heading) => {
    const page = await bench.driver.openPopup(route)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      // Colours that are on their way to others are neither.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.waitForTimeout(200)
      expect(await faultsOf(page)).toEqual([])
    }
    await page.close()
  })

  it('in the side panel', async () => {
    const page = await bench.driver.openPanel()
    await page.getByRole('textbox', { name: 'Message' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.close()
  })
})
