import { createRequire } from 'node:module'
import type { Browser } from '@playwright/test'
import { openPreview } from './open-preview.ts'

export interface AccessibilityFault {
  readonly scene: string
  readonly on: string
  readonly theme: string
  readonly rule: string
  readonly impact: string
  readonly help: string
  readonly elements: readonly string[]
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string | null
    readonly help: string
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
  }[]
}

/** Rules of WCAG 2.0 to 2.2, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Runs axe over every scene whose name holds `wanted`, on each of its surfaces, in both themes. */
export async function checkAccessibility(
  browser: Browser,
  wanted = '',
): Promise<readonly AccessibilityFault[]> {
  const preview = await openPreview()
  const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
  const faults: AccessibilityFault[] = []
  try {
    const shots = (await preview.shots(browser)).filter(({ id }) => id.includes(wanted))
    if (shots.length === 0) throw new Error(`No scene is called ${wanted}`)
    const page = await browser.newPage()
    for (const shot of shots) {
      await page.setViewportSize(shot.size)
      await page.goto(preview.urlOf(shot))
      await page.waitForTimeout(200)
      await page.addScriptTag({ path: axe })
      const result: AxeResult = await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(TAGS)} })`)
      for (const { id, impact, help, nodes } of result.violations) {
        const elements = nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`)
        faults.push({
          scene: shot.id,
          on: shot.on,
          theme: shot.theme,
          rule: id,
          impact: impact ?? '',
          help,
          elements,
        })
      }
    }
    await page.close()
  } finally {
    await preview.close()
  }
  return faults
}
