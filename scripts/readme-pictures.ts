/** Real pictures for the README: the demo page, the approval, the popup and the side panel, as the lab shows them. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { launch } from '../test/e2e/driver.ts'
import type { LabInfo } from '../test/lab/lab.ts'

const [folder = 'docs/images'] = process.argv.slice(2)
const { info, extensionDir }: { info: LabInfo; extensionDir: string } = JSON.parse(process.env.FACTS ?? '{}')

mkdirSync(folder, { recursive: true })
const driver = await launch({ extensionDir, headless: true })
try {
  await driver.onboard({ phrase: info.accounts.phrase, password: 'lunch money for the lab only' })
  const site = await driver.open(info.urls.site)
  await site.setViewportSize({ width: 820, height: 900 })
  await site.getByLabel('Your question').fill('Explain verifiable inference in one paragraph.')
  await site.getByRole('button', { name: 'Ask', exact: true }).click()
  const approval = await driver.nextApproval()
  const window = driver.context.pages().find((page) => page.url().includes('approval.html'))
  if (!window) throw new Error('the approval window is gone')
  await window.setViewportSize({ width: 420, height: 680 })
  await shoot(window, 'approval')
  await approval.approve()
  await site.getByText('reported by the gateway').or(site.getByText('confirmed')).first().waitFor()
  await shoot(site, 'demo')
  const popup = await driver.openPopup()
  await popup.setViewportSize({ width: 380, height: 600 })
  await shoot(popup, 'popup')
  const panel = await driver.openPanel()
  await panel.setViewportSize({ width: 400, height: 700 })
  await panel.getByRole('textbox', { name: 'Message' }).fill('Why is the sky blue?')
  await panel.getByRole('button', { name: 'Send', exact: true }).click()
  await panel
    .getByText(/verified/i)
    .first()
    .waitFor()
  await shoot(panel, 'panel')
} finally {
  await driver.close()
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(1_200)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
