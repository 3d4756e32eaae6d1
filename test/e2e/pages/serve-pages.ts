/** Pages of any origin without any server: what Chromium asks for is answered before it looks a name up. */
import type { BrowserContext } from '@playwright/test'

/** One page by its body, or with more of the response. */
export type Served = string | { readonly body: string; readonly headers: Readonly<Record<string, string>> }

/** `pages`: by address, without query. Everything else of these origins is an empty 404. */
export async function servePages(
  context: BrowserContext,
  pages: Readonly<Record<string, Served>>,
): Promise<void> {
  const origins = new Set(Object.keys(pages).map((address) => new URL(address).origin))
  await context.route(
    (url) => origins.has(url.origin),
    (route) => {
      const { origin, pathname } = new URL(route.request().url())
      const page = pages[origin + pathname]
      if (page === undefined) return route.fulfill({ status: 404, body: '' })
      const { body, headers } = typeof page === 'string' ? { body: page, headers: {} } : page
      const isScript = pathname.endsWith('.js')
      return route.fulfill({
        contentType: isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8',
        headers: { ...headers },
        body: isScript
          ? body
          : `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><body>${body}</body></html>`,
      })
    },
  )
}
