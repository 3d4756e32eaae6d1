/** Serves the demo site, and two plain pages that tests use. */
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LabServer, startServer } from './gateways/http-server.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), 'site')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.png': 'image/png',
}

/** Starts the site: `/` is the demo, `/blank` an empty page, `/frame?src=` a page around another. */
export function startSite(port: number): Promise<LabServer> {
  return startServer({
    port,
    async handle({ url }, response) {
      if (url.pathname === '/blank') return sendPage(response, '')
      if (url.pathname === '/frame') return sendPage(response, frame(url.searchParams))
      await sendFile(response, url.pathname === '/' ? '/index.html' : decodeURIComponent(url.pathname))
    },
  })
}

function sendPage(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Lab</title><body>${body}</body></html>`,
  )
}

/** `src` is the framed address; `sandbox` and `allow` go to the element as they are. */
function frame(params: URLSearchParams): string {
  const attributes = ['src', 'sandbox', 'allow']
    .filter((name) => params.has(name))
    .map((name) => `${name}="${escapeHtml(params.get(name) ?? '')}"`)
  return `<iframe title="framed" width="600" height="400" ${attributes.join(' ')}></iframe>`
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  const file = normalize(join(root, path))
  const bytes = file.startsWith(root) ? await readFile(file).catch(() => null) : null
  if (bytes === null) {
    response.writeHead(404, { 'content-type': 'text/plain' })
    response.end('Not found')
    return
  }
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'cache-control': 'no-cache',
  })
  response.end(bytes)
}
