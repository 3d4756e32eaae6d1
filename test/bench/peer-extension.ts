/** Small extensions that hold a peer, built into a folder of their own. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundle } from './bundle.ts'

/** A wallet as it comes to pages: provider and bridge on every page, at document_start, as ours. */
export async function walletExtension(): Promise<string> {
  return write({
    manifest: {
      background: { service_worker: 'worker.js' },
      content_scripts: [
        { ...EVERYWHERE, js: ['inpage.js'], world: 'MAIN' },
        { ...EVERYWHERE, js: ['bridge.js'] },
      ],
    },
    files: {
      'worker.js': 'chrome.runtime.onConnect.addListener(() => {})',
      'inpage.js': await bundle('peers/wallet-inpage.cjs', { needsNode: true }),
      'bridge.js': await bundle('peers/wallet-bridge.cjs', { needsNode: true }),
    },
  })
}

/** The stock x402 client in a service worker, called from pages over a content script. */
export async function stockWorkerExtension(): Promise<string> {
  return write({
    manifest: {
      background: { service_worker: 'worker.js' },
      host_permissions: ['http://127.0.0.1/*'],
      content_scripts: [{ ...EVERYWHERE, js: ['bridge.js'] }],
    },
    files: {
      'worker.js': await bundle('peers/stock-worker.ts'),
      'bridge.js': await bundle('peers/stock-bridge.ts'),
      'quiet.txt': '',
    },
  })
}

const EVERYWHERE = { matches: ['http://*/*', 'https://*/*'], run_at: 'document_start', all_frames: true }

function write(content: {
  readonly manifest: object
  readonly files: Readonly<Record<string, string>>
}): string {
  const folder = mkdtempSync(join(tmpdir(), 'x402-chat-peer-'))
  const manifest = { manifest_version: 3, name: 'Peer', version: '1.0', ...content.manifest }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
  for (const [name, text] of Object.entries(content.files)) writeFileSync(join(folder, name), text)
  return folder
}
