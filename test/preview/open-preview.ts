import { fileURLToPath } from 'node:url'
import type { Browser } from '@playwright/test'
import { build, preview } from 'vite'
import type { Scene } from './scene.ts'

export interface PreviewShot {
  readonly id: string
  readonly on: Scene['on'][number]
  readonly theme: 'light' | 'dark'
  readonly size: { readonly width: number; readonly height: number }
}

export interface Preview {
  /** Every scene on each of its surfaces in both themes. */
  shots(browser: Browser): Promise<readonly PreviewShot[]>
  /** The list of all scenes, and where a script shows one after the other. */
  readonly base: string
  urlOf(shot: Omit<PreviewShot, 'size'>): string
  close(): Promise<void>
}

const SIZES: Readonly<Record<Scene['on'][number], { width: number; height: number }>> = {
  popup: { width: 380, height: 600 },
  window: { width: 420, height: 680 },
  page: { width: 1100, height: 800 },
  part: { width: 440, height: 600 },
  panel: { width: 360, height: 780 },
  narrow: { width: 280, height: 700 },
}

/** Builds the preview and serves it on a free port. */
export async function openPreview(): Promise<Preview> {
  const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url))
  await build({ configFile, logLevel: 'error' })
  const server = await preview({ configFile, logLevel: 'error', preview: { port: 0, host: '127.0.0.1' } })
  const [base = ''] = server.resolvedUrls?.local ?? []
  return {
    base,
    async shots(browser) {
      const page = await browser.newPage()
      await page.goto(base)
      const listed = await page.locator('[data-scenes]').getAttribute('data-scenes', { timeout: 60_000 })
      await page.close()
      const scenes: readonly Pick<Scene, 'id' | 'on'>[] = JSON.parse(listed ?? '[]')
      return scenes.flatMap(({ id, on }) =>
        on.flatMap((surface) =>
          (['light', 'dark'] as const).map((theme) => ({ id, on: surface, theme, size: SIZES[surface] })),
        ),
      )
    },
    urlOf: ({ id, on, theme }) => `${base}?${new URLSearchParams({ scene: id, on, theme })}`,
    close: () => server.close(),
  }
}
