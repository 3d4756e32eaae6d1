import { createRequire } from 'node:module'
import type { Browser, Page } from '@playwright/test'
import type { PreviewShot } from './open-preview.ts'

export interface AccessibilityFault {
  readonly scene: string
  readonly on: string
  readonly theme: string
  readonly rule: string
  readonly help: string
  readonly elements: readonly string[]
}

type Violation = Pick<AccessibilityFault, 'rule' | 'help' | 'elements'>

/** Rules of WCAG 2.0 to 2.2, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** A tab of 1280 × 1024 at 400 %. Source: WCAG 2.2, 1.4.10. */
export const ZOOMED = { width: 320, height: 256 }
/** Two: one waits for its scene to come to rest while the other is looked at. */
const PAGES = 2

/**
 * Runs axe over every scene on each of its surfaces, on the first in both themes, and sees that nothing is wider than its window, where
 * that is a tab or the approval's window also at 400 %. One scene follows the other in the same pages.
 */
export async function checkAccessibility(
  browser: Browser,
  { base, shots }: { readonly base: string; readonly shots: readonly PreviewShot[] },
): Promise<readonly AccessibilityFault[]> {
  const left = shots.filter(({ theme }) => theme === 'light')
  if (left.length === 0) throw new Error('No scene is called so')
  const faults: AccessibilityFault[] = []
  const seen = new Set<string>()
  const work = async () => {
    const page = await openPage(browser, base)
    for (let shot = left.shift(); shot; shot = left.shift()) {
      const inDark = !seen.has(shot.id)
      seen.add(shot.id)
      faults.push(...(await faultsOf(page, shot, { inDark })))
    }
    await page.close()
  }
  await Promise.all(Array.from({ length: PAGES }, work))
  return faults
}

async function openPage(browser: Browser, base: string): Promise<Page> {
  const page = await browser.newPage({ reducedMotion: 'reduce' })
  await page.goto(base)
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') })
  return page
}

async function faultsOf(
  page: Page,
  { id, on, size }: PreviewShot,
  { inDark }: { readonly inDark: boolean },
): Promise<readonly AccessibilityFault[]> {
  await page.setViewportSize(size)
  await page.evaluate(`document.documentElement.dataset.theme = 'light'`)
  await page.evaluate(`showScene(${JSON.stringify(id)}, ${JSON.stringify(on)})`)
  const light = [...(await violationsOf(page, TAGS)), ...(await tooWide(page))]
  await page.evaluate(`document.documentElement.dataset.theme = 'dark'`)
  // The other theme has other colours and nothing else, whatever the surface.
  const dark = inDark ? await violationsOf(page, ['cat.color']) : []
  if (on === 'page' || on === 'window') {
    await page.setViewportSize(ZOOMED)
    light.push(...(await tooWideAtRest(page)))
  }
  return [
    ...light.map((fault) => ({ scene: id, on, theme: 'light', ...fault })),
    ...dark.map((fault) => ({ scene: id, on, theme: 'dark', ...fault })),
  ]
}

/** After a change of size a screen may put other parts on show, some frames later: what is too wide for a second stays so. */
async function tooWideAtRest(page: Page): Promise<readonly Violation[]> {
  for (let look = 0; look < 20; look++) {
    if ((await tooWide(page)).length === 0) return []
    await page.waitForTimeout(50)
  }
  return tooWide(page)
}

/** Of the rules that have one of the tags, and are of WCAG. */
function violationsOf(page: Page, tags: readonly string[]): Promise<readonly Violation[]> {
  return page.evaluate(`(async () => {
    const has = (rule, wanted) => wanted.some((tag) => rule.tags.includes(tag))
    const rules = axe.getRules().filter((rule) => has(rule, ${JSON.stringify(TAGS)}) && has(rule, ${JSON.stringify(tags)}))
    const runOnly = { type: 'rule', values: rules.map(({ ruleId }) => ruleId) }
    const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'], preload: false })
    return violations.map(({ id, help, nodes }) => ({
      rule: id,
      help,
      elements: nodes.map(({ html, failureSummary }) => html + ' ' + (failureSummary ?? '')),
    }))
  })()`)
}

/** What is cut off at the side, or would have to be scrolled sideways by a mouse alone: the page, and what scrolls in it. */
function tooWide(page: Page): Promise<readonly Violation[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.body.querySelectorAll<HTMLElement>('*')]
      .filter((element) => {
        if (element.scrollWidth <= element.clientWidth + 1) return false
        // For ears alone: clipped to next to nothing.
        if (element.clientWidth < 8) return false
        const { overflowX, textOverflow } = getComputedStyle(element)
        const scrolls = overflowX !== 'visible' && textOverflow !== 'ellipsis' && element.tabIndex < 0
        return scrolls || element === document.documentElement
      })
      .map((element) => ({
        rule: 'reflow',
        help: `${element.scrollWidth} px wide in ${element.clientWidth}`,
        elements: [element.outerHTML.slice(0, 200)],
      })),
  )
}
