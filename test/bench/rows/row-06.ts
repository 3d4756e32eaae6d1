import type { Page } from '@playwright/test'
import { createPublicClient, createWalletClient, erc20Abi, type Hex, http } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import type { GuardsView } from '../../../src/protocol/ui-views.ts'
import { askUi } from '../../e2e/ask-ui.ts'
import { limit, type Result, type Row } from '../row.ts'
import type { Tools } from '../tools.ts'
import { sealed, type World } from '../world.ts'
import { callers, rest } from './timing.ts'

const PLAN = 'tokens=8'

export const row06: Row = {
  row: 6,
  what: 'requests to the gateway',
  async measure(tools) {
    const world = await tools.world()
    return [...(await countJumpgate(tools, world)), await countInSession(tools, world)]
  },
}

async function countJumpgate(tools: Tools, { gateway, openCaller }: World): Promise<Result[]> {
  const calls = tools.rounds(10)
  const perCall = async (call: () => Promise<unknown>) => {
    gateway.clearCounts()
    for (let index = 0; index < calls; index++) {
      await call()
      await rest(120)
    }
    return sumOf(gateway.counts()) / calls
  }
  const same = await openCaller('127.0.0.1')
  const cross = await openCaller('site.localhost')
  const [near, far] = [callers(same, gateway.url), callers(cross, gateway.url)]
  const ours = await perCall(() => far.ours(PLAN, 8))
  const oursNear = await perCall(() => near.ours(PLAN, 8))
  const stock = await perCall(() => near.stock(PLAN, 8))
  const stockFar = await perCall(() => far.stock(PLAN, 8))
  await Promise.all([same.close(), cross.close()])
  const counted = limit('per warm paid request, JumpGate on Base, cross origin', 'requests', {
    ours,
    goal: 1,
  })
  const beside = limit('the same, same origin', 'requests', { ours: oursNear, goal: 1 })
  return [
    { ...counted, peer: stockFar, ratio: ours / stockFar },
    { ...beside, peer: stock, ratio: oursNear / stock },
  ]
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** Test money off, real OPG on: the lab's chain has the tokens, and the person's limit is switched on as on its screen. */
async function countInSession(tools: Tools, world: World): Promise<Result> {
  const { own, driver, lab, openCaller, password } = world
  const { limits } = await askUi<GuardsView>(own, 'limits.get', {})
  const on = { ...limits, OPG: { ...limits.OPG, enabled: true } }
  await askUi(own, 'limits.set', { limits: on, password: await sealed(own, password) })
  await allowPermit2(world)
  const page = await openCaller('127.0.0.1')
  const ask = (at: Page) =>
    at.evaluate(() => globalThis.bench.ours('words 12', { tokens: 16, quoted: false, model: 'gpt-5-mini' }))
  await page.bringToFront()
  await page.mouse.click(5, 5)
  const first = ask(page)
  first.catch(() => undefined)
  await (await driver.nextApproval()).approve({ budget: true })
  await first
  await lab.clearCounters()
  const calls = tools.rounds(6)
  for (let index = 0; index < calls; index++) await ask(page)
  const counted = (await lab.counters()).opengradient?.requests.length ?? 0
  await page.close()
  return limit('per request within a session, OpenGradient', 'requests', { ours: counted / calls, goal: 1 })
}

const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const OPG = '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB'

async function allowPermit2({ lab }: World): Promise<void> {
  const transport = http(lab.info.rpc.base)
  const account = privateKeyToAccount(lab.info.accounts.evm.privateKey as Hex)
  const hash = await createWalletClient({ account, transport }).writeContract({
    ...{ address: OPG, abi: erc20Abi, functionName: 'approve', chain: null },
    args: [PERMIT2, 10n ** 20n],
  })
  await createPublicClient({ transport, pollingInterval: 100 }).waitForTransactionReceipt({ hash })
}
