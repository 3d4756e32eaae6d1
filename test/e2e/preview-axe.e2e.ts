/** Every state of every screen of the preview under axe, light and dark; `npm run test:accessibility` does the same by itself. */
import type { Locator } from '@playwright/test'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkAccessibility, ZOOMED } from '../preview/check-accessibility.ts'
import { launchBrowser } from '../preview/launch-browser.ts'
import { openPreview, type Preview } from '../preview/open-preview.ts'

let preview: Preview
let browser: Awaited<ReturnType<typeof launchBrowser>>

beforeAll(async () => {
  preview = await openPreview()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await preview?.close()
})

it('has no fault against WCAG 2.2 A and AA in any state, light or dark', async () => {
  const shots = await preview.shots(browser)
  // The preview lists what there is: an empty list would be no check.
  expect(shots.length).toBeGreaterThan(500)
  expect(await checkAccessibility(browser, { base: preview.base, shots })).toEqual([])
}, 240_000)

it.each(['ready', 'offer', 'locked', 'no-funds', 'budget-wider', 'long', 'right-to-left'])(
  '%s: the approval window, zoomed to 400 per cent, starts at its top, with every fact and button in reach',
  async (name) => {
    const page = await browser.newPage({ viewport: ZOOMED, reducedMotion: 'reduce' })
    await page.goto(preview.urlOf({ id: `approval/${name}`, on: 'window', theme: 'light' }))
    const reject = page.getByRole('button', { name: 'Reject' })
    await reject.waitFor()
    if (name === 'locked') expect(await isFocused(page.getByRole('textbox', { name: 'Password' }))).toBe(true)
    else {
      await expect.poll(() => isFocused(reject)).toBe(true)
      expect(await page.evaluate(() => scrollY)).toBe(0)
    }
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    const parts = page.locator('h1, dt, dd, button:visible, summary, .approval-amount, .meter')
    expect(await parts.count()).toBeGreaterThan(4)
    for (const part of await parts.all()) expect(await coveredBy(part), await part.innerText()).toBeNull()
    await page.close()
  },
)

function isFocused(control: Locator): Promise<boolean> {
  return control.evaluate((element) => element === document.activeElement)
}

/** What lies over the middle of the part once it is scrolled to; null where it can be read and pressed. */
function coveredBy(part: Locator): Promise<string | null> {
  return part.evaluate((element) => {
    element.scrollIntoView({ block: 'center' })
    const { left, right, top, bottom, height } = element.getBoundingClientRect()
    if (left < 0 || right > innerWidth) return 'the edge of the window'
    if (height <= innerHeight && (top < 0 || bottom > innerHeight)) return 'the end of the page'
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    return over !== null && (element.contains(over) || over.contains(element))
      ? null
      : String(over?.outerHTML)
  })
}
