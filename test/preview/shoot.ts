/** Pictures of every state: `tsx test/preview/shoot.ts <folder> [parts of scenes' names]`. */
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { launchBrowser } from './launch-browser.ts'
import { openPreview, type PreviewShot } from './open-preview.ts'

const [folder = 'screenshots', ...wanted] = process.argv.slice(2)

const preview = await openPreview()
const browser = await launchBrowser()
try {
  const shots = (await preview.shots(browser)).filter(({ id }) => {
    return wanted.length === 0 || wanted.some((part) => id.includes(part))
  })
  for (const shot of shots) await shoot(shot)
  console.log(`${shots.length} pictures in ${folder}`)
} finally {
  await browser.close()
  await preview.close()
}

async function shoot(shot: PreviewShot): Promise<void> {
  const page = await browser.newPage({
    viewport: shot.size,
    deviceScaleFactor: 1,
    timezoneId: 'UTC',
    locale: 'en-GB',
  })
  page.on('pageerror', (error) => console.error(`${shot.id}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('[i18n]'))
      console.error(`${shot.id}: ${message.text()}`)
  })
  await page.goto(preview.urlOf(shot))
  await page.waitForTimeout(250)
  const path = join(folder, `${shot.id}.${shot.on}.${shot.theme}.png`)
  await mkdir(dirname(path), { recursive: true })
  await page.screenshot({ path, fullPage: shot.on === 'page' || shot.on === 'part' })
  await page.close()
}
