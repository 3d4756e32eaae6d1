/** What the rows share: builds, the lab, browsers. Each is made at its first use and ended with the run. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch } from '../e2e/driver.ts'
import { connectLab, type LabClient } from '../e2e/lab-client.ts'
import { addEmptyPage, addPage } from './add-page.ts'
import { buildMinifiedForLab, buildProduct, findChromium, startLab } from './builds.mjs'
import { type BenchGateway, startBenchGateway } from './gateway/start-bench-gateway.ts'
import { openWorld, type World } from './world.ts'

export interface Tools {
  /** Few samples: to see that everything runs. */
  readonly short: boolean
  /** Rounds to measure: fewer in a short run. */
  rounds(full: number): number
  /** Says how far the row is. */
  progress(text: string): void
  /** A file of the minified product build. */
  productFile(name: string): Promise<string>
  /** A copy of the product build, for a browser. */
  productDir(): Promise<string>
  chromium(): Promise<string>
  lab(): Promise<LabClient>
  gateway(): Promise<BenchGateway>
  /** The minified lab build in a browser, with a funded wallet; one for all rows that pay. */
  world(): Promise<World>
  /** A browser of its own with the minified lab build and a wallet. */
  newWorld(): Promise<World>
  /** Runs at the end of the whole run, last first. */
  atEnd(work: () => Promise<unknown>): void
}

const PORTS = [
  ...['SITE', 'JUMPGATE', 'OPENGRADIENT', 'OPENGRADIENT_DOCUMENTED', 'SELLER', 'STOCK_SELLER', 'CONTROL'],
  ...['BASE', 'BASE_SECOND', 'BASE_SEPOLIA', 'OG_REGISTRY', 'SOLANA'],
]

/** Pages of the benchmark's own that stand beside the extension's: bundled scripts, and one that is empty. */
const PAGES = ['ledger', 'kdf', 'markdown']

export function createTools(options: {
  readonly short: boolean
  readonly progress: (text: string) => void
}): {
  readonly tools: Tools
  end(): Promise<void>
} {
  const ends: (() => Promise<unknown>)[] = []
  const atEnd = (work: () => Promise<unknown>) => void ends.unshift(work)
  const once = <T>(make: () => Promise<T>) => {
    let made: Promise<T> | undefined
    return () => {
      made ??= make()
      return made
    }
  }
  const temporary = (from: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'x402-chat-bench-'))
    atEnd(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
    cpSync(from, folder, { recursive: true })
    return folder
  }

  const chromium = once(findChromium)
  const productDir = once(async () => {
    options.progress('building the product')
    return temporary(await buildProduct())
  })
  const lab = once(async () => {
    options.progress('starting the lab')
    const started = await startLab({
      env: Object.fromEntries(PORTS.map((name) => [`LAB_PORT_${name}`, '0'])),
    })
    atEnd(started.stop)
    return connectLab(started.info)
  })
  const gateway = once(async () => {
    const started = await startBenchGateway(await lab())
    atEnd(started.close)
    return started
  })
  const labDir = once(async () => {
    const [{ info }, { url }] = [await lab(), await gateway()]
    options.progress('building for the lab')
    const folder = temporary(
      await buildMinifiedForLab({ ...info, env: { ...info.env, LAB_JUMPGATE_URL: url } }),
    )
    for (const name of PAGES) await addPage(folder, name)
    addEmptyPage(folder)
    return folder
  })
  const newWorld = async () => {
    const folder = await labDir()
    options.progress('starting a browser')
    const driver = await launch({ extensionDir: folder, headless: true, executablePath: await chromium() })
    atEnd(driver.close)
    return openWorld({ driver, lab: await lab(), gateway: await gateway() })
  }

  const tools: Tools = {
    ...{ short: options.short, progress: options.progress, atEnd },
    rounds: (full) => (options.short ? Math.min(full, 2) : full),
    productFile: async (name) => readFileSync(join(await productDir(), name), 'utf8'),
    ...{ productDir, chromium, lab, gateway, newWorld },
    world: once(newWorld),
  }
  return {
    tools,
    async end() {
      for (const work of ends) await work().catch((error: unknown) => console.error(error))
    },
  }
}
