/** A browser with an onboarded wallet beside the running lab, for one file of browser tests. */
import type { Page } from '@playwright/test'
import { expect, inject } from 'vitest'
import type { HistoryRowView } from '../../src/protocol/ui-views.ts'
import { type Approval, type Driver, launch } from './driver.ts'
import { BASE, BASE_USDC, connectLab, type LabClient } from './lab-client.ts'
import { startOwnLab } from './own-lab.mjs'
import {
  type CallRequest,
  type CallResult,
  chatBody,
  clickIn,
  type StartedCall,
  startCall,
} from './page-api.ts'

export const PASSWORD = 'five turtles knit quietly'

export interface Bench {
  readonly driver: Driver
  readonly lab: LabClient
  /** Balances in atomic units of USDC on Base. */
  payer(): Promise<bigint>
  payee(): Promise<bigint>
  /** Opens an empty page of a site of its own: no other test has spent there. */
  openSite(): Promise<Page>
  /** Clicks in the page and starts a call that will be asked about. */
  ask(page: Page, content: string, more?: Partial<CallRequest>): Promise<StartedCall>
  /** The question that a call leads to; throws with the call's own end where it ends unasked. */
  questionOf(call: StartedCall): Promise<Approval>
  /** Says yes to whatever is asked until the call has ended: a worker that dies asks anew, in the same window. */
  approveUntilEnd(call: StartedCall): Promise<CallResult>
  /** No question is on screen any more. */
  expectNoWindow(): Promise<void>
  /** Asks, approves once, and waits for the end. */
  pay(page: Page, content: string, more?: Partial<CallRequest>): Promise<CallResult>
  /** The newest row once it fits; throws with the row as it is when it does not within the time. */
  rowWhen(fits: (row: HistoryRowView) => boolean, timeoutMs?: number): Promise<HistoryRowView>
  newestRow(): Promise<HistoryRowView>
  /** Which requests the history holds. */
  rowIds(): Promise<readonly string[]>
  /** What moved on the chain while this ran: what left the payer, and what reached JumpGate. */
  moved(work: () => Promise<unknown>): Promise<{ paid: bigint; earned: bigint }>
  close(): Promise<void>
}

export interface BenchOptions {
  readonly headless?: boolean
  /** The funded wallet unless told otherwise; null leaves the wallet unmade. */
  readonly phrase?: string | null
  readonly args?: readonly string[]
  readonly backForwardCache?: boolean
  /** A lab and a build of its own: for tests that move the chains' clocks. */
  readonly ownLab?: boolean
}

let sites = 0

/** Launches the browser, imports the lab's funded wallet, and makes the gateways speak at full speed. */
export async function openBench(options: BenchOptions = {}): Promise<Bench> {
  const own = options.ownLab ? await startOwnLab() : null
  const lab = connectLab(own?.info ?? inject('lab'))
  await lab.clearFaults()
  await lab.rate('jumpgate', { tokensPerSecond: 0, delayMs: 0 })
  const driver = await launch({
    extensionDir: own?.extensionDir ?? inject('extensionDir'),
    executablePath: inject('chromium'),
    headless: options.headless ?? true,
    args: options.args ?? [],
    backForwardCache: options.backForwardCache ?? false,
  })
  driver.context.setDefaultTimeout(20_000)
  const { accounts, payees, urls } = lab.info
  const phrase = options.phrase === undefined ? accounts.phrase : options.phrase
  const close = async () => {
    await driver.close()
    await own?.stop()
  }
  if (phrase !== null) {
    await driver.onboard({ phrase, password: PASSWORD }).catch(async (error) => {
      await close()
      throw error
    })
  }
  const balance = (owner: string) => lab.balanceOf({ network: BASE, owner, asset: BASE_USDC })
  const payer = () => balance(accounts.evm.address)
  const payee = () => balance(payees.jumpgate?.[BASE] ?? '')

  const ask: Bench['ask'] = async (page, content, more = {}) => {
    await clickIn(page)
    return startCall(page, { body: chatBody(content), ...more })
  }
  const questionOf: Bench['questionOf'] = async (call) => {
    const ended = call.done.then((result) => {
      throw new Error(`ended without a question: ${JSON.stringify(result)}`)
    })
    return Promise.race([driver.nextApproval(), ended])
  }
  const newestRow = async () => {
    const [row] = await driver.ledger()
    if (!row) throw new Error('the history is empty')
    return row
  }
  return {
    driver,
    lab,
    payer,
    payee,
    ask,
    questionOf,
    newestRow,
    rowIds: async () => (await driver.ledger()).map(({ id }) => id),
    async approveUntilEnd(call) {
      let result: CallResult | null = null
      const done = call.done.then((ended) => {
        result = ended
        return ended
      })
      while (result === null) await Promise.race([done, approveShown(driver)])
      return result
    },
    expectNoWindow: () => expect.poll(() => driver.approvalWindows(), { timeout: 20_000 }).toBe(0),
    async openSite() {
      // Every name under localhost is this computer, and a site of its own.
      const site = new URL(urls.site)
      sites += 1
      return driver.open(`http://site-${process.pid}-${sites}.localhost:${site.port}/blank`)
    },
    async pay(page, content, more) {
      const call = await ask(page, content, more)
      await (await questionOf(call)).approve()
      return call.done
    },
    async rowWhen(fits, timeoutMs = 20_000) {
      const untilMs = performance.now() + timeoutMs
      for (;;) {
        const row = await newestRow()
        if (fits(row)) return row
        if (performance.now() > untilMs) throw new Error(`the newest row stays ${JSON.stringify(row)}`)
        await new Promise((done) => setTimeout(done, 300))
      }
    },
    async moved(work) {
      const before = [await payer(), await payee()] as const
      await work()
      return { paid: before[0] - (await payer()), earned: (await payee()) - before[1] }
    },
    close,
  }
}

/** Presses *Approve* in the question on screen; one that goes away meanwhile was not the last. */
async function approveShown(driver: Driver): Promise<void> {
  if (driver.approvalWindows() > 0) {
    const approval = await driver.nextApproval().catch(() => null)
    await approval?.approve().catch(() => undefined)
  }
  await new Promise((done) => setTimeout(done, 200))
}
