/** A page as it is to somebody without a mouse or without eyes: Tab, keys, and what axe finds. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeResult {
  readonly violations: readonly {
    id: string
    impact: string
    tags: readonly string[]
    nodes: readonly { html: string }[]
  }[]
}

/** Faults of the page as it is now: every one against WCAG 2.2 A and AA, and what else is serious. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  const { violations } = await page.evaluate<AxeResult>('axe.run(document)')
  return violations
    .filter(({ impact, tags }) => {
      return tags.some((tag) => /^wcag2\d?a{1,2}$/.test(tag)) || impact === 'serious' || impact === 'critical'
    })
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** Goes on with Tab until the control has the focus; a person without a mouse has nothing else. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    const found = await page.evaluate(() => {
      const { activeElement: element } = document
      if (!(element instanceof HTMLElement)) return ''
      const label =
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
          ? element.labels?.[0]
          : null
      return (element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent ?? '').trim()
    })
    if (typeof name === 'string' ? found === name : name.test(found)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reaches ${name}`)
}

export async function pressOn(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press(key)
}

export async function typeInto(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.insertText(text)
}
