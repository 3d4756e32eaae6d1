/** A lab of its own, with a build against it, for tests that move its clocks or leave its chains in a state of their own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildForLab } from '../../scripts/build-extension.mjs'
import { startLab } from '../../scripts/start-lab.mjs'

const PORTS = [
  ...['SITE', 'JUMPGATE', 'OPENGRADIENT', 'OPENGRADIENT_DOCUMENTED', 'SELLER', 'STOCK_SELLER', 'CONTROL'],
  ...['BASE', 'BASE_SECOND', 'BASE_SEPOLIA', 'OG_REGISTRY', 'SOLANA'],
]

/** Resolves with the lab's description, the folder of the build, and how to end both. */
export async function startOwnLab() {
  const env = Object.fromEntries(PORTS.map((name) => [`LAB_PORT_${name}`, '0']))
  return withBuild(await startLab({ env }))
}

/** A build against a lab that runs, in a folder that goes when the lab is stopped. */
export async function withBuild(lab) {
  const out = mkdtempSync(join(tmpdir(), 'x402-chat-build-'))
  const stop = async () => {
    await lab.stop()
    rmSync(out, { recursive: true, force: true })
  }
  try {
    return { info: lab.info, extensionDir: await buildForLab(lab.info, { out }), stop }
  } catch (error) {
    await stop()
    throw error
  }
}
