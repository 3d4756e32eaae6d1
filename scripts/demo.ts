/** What `npm start` does in the browser, through the real pages: by itself, or to be taken over by a person. */
import type { HistoryRowView } from '../src/protocol/ui-views.ts'
import { type Driver, launch } from '../test/e2e/driver.ts'
import { BASE, BASE_USDC, connectLab, type LabClient } from '../test/e2e/lab-client.ts'
import { ask, type PageReceipt } from '../test/e2e/page-api.ts'
import type { LabInfo } from '../test/lab/lab.ts'

export interface Stage {
  readonly info: LabInfo
  readonly extensionDir: string
  readonly executablePath: string
  readonly step: <T>(title: string, work: () => Promise<T>) => Promise<T>
  /** Told how to end what was started. */
  readonly onOpen: (end: () => Promise<void>) => void
}

/** What was done, seen from all sides. Amounts are atomic units of USDC (6 decimals) as strings. */
export interface Report {
  readonly question: string
  readonly answer: string
  readonly quote: { readonly max: string; readonly expected: string | null; readonly fields: object }
  readonly receipt: PageReceipt | null
  readonly transaction: string | null
  readonly payerBefore: string
  readonly payerAfter: string
  readonly payeeBefore: string
  readonly payeeAfter: string
  readonly ledger: HistoryRowView
  /** Milliseconds. */
  readonly timings: Readonly<Record<string, number>>
}

const QUESTION = 'Explain verifiable inference in one paragraph.'
const PASSWORD = 'lunch money for the lab only'
/** How long the chain's confirmation is waited for, in ms. */
const CONFIRM_MS = 60_000

/** Opens the browser with a funded, unlocked wallet and the demo page; resolves when the person closes it. */
export async function openDemo(stage: Stage): Promise<void> {
  const driver = await openWallet(stage, false)
  const page = await driver.open(stage.info.urls.site)
  for (const other of driver.context.pages()) if (other !== page) await other.close()
  console.log(`
  The demo is open: ask something. The wallet holds 25 USDC of a chain on this computer.
  Its password is: ${PASSWORD}
  Close the browser or press Ctrl-C to end.`)
  await new Promise<void>((done) => driver.context.once('close', () => done()))
}

/** Asks, approves, reads the streamed answer, and waits until the chain has confirmed the payment. */
export async function doMainJob(stage: Stage): Promise<Report> {
  const { info, step } = stage
  const lab = connectLab(info)
  const driver = await openWallet(stage, true)
  const timings: Record<string, number> = {}
  const timed = <T>(name: string, title: string, work: () => Promise<T>) =>
    step(title, async () => {
      const startedAt = performance.now()
      const result = await work()
      timings[name] = Math.round(performance.now() - startedAt)
      return result
    })
  const before = await readBalances(lab)
  const page = await driver.open(info.urls.site)
  const approval = await timed('ask', 'Asking on the demo page', async () => {
    await page.getByRole('textbox', { name: 'Your question' }).fill(QUESTION)
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    return driver.nextApproval()
  })
  await timed('approve', 'Approving in the approval window', () => approval.approve())
  await timed('answer', 'Reading the answer as it streams', () =>
    page.getByText(/^Done in/).waitFor({ timeout: 60_000 }),
  )
  const row = await timed('confirm', 'Waiting for the chain', () => confirmedRow(driver))
  const after = await readBalances(lab)
  const receipts = await ask<readonly PageReceipt[]>(page, 'receipts.list', { limit: 1 })
  return {
    question: QUESTION,
    answer: (await page.locator('#text').textContent()) ?? '',
    quote: { max: row.max, expected: row.expected, fields: approval.fields },
    receipt: receipts[0] ?? null,
    transaction: row.payment.transaction,
    payerBefore: before.payer.toString(),
    payerAfter: after.payer.toString(),
    payeeBefore: before.payee.toString(),
    payeeAfter: after.payee.toString(),
    ledger: row,
    timings,
  }
}

/** Whether the chain moved by exactly what the receipt says, from the payer and to the payee. */
export function isExact(report: Report): boolean {
  const charged = report.receipt?.charged
  if (!charged || report.answer === '' || report.ledger.cost !== charged.atomic) return false
  const left = BigInt(report.payerBefore) - BigInt(report.payerAfter)
  const arrived = BigInt(report.payeeAfter) - BigInt(report.payeeBefore)
  return left === BigInt(charged.atomic) && arrived === left && left > 0n
}

/** The report in words. */
export function transcript(report: Report): string {
  const { quote, receipt, ledger } = report
  const lines = [
    ['Question', report.question],
    [
      'Quote',
      `at most ${dollars(quote.max)}${quote.expected ? `, ${dollars(quote.expected)} expected` : ''}`,
    ],
    ['Approval', Object.entries(quote.fields).map(([name, value]) => `${name}: ${value}`)],
    ['Transaction', report.transaction ?? 'none'],
    ['Answer', report.answer],
    [
      'Receipt',
      receipt?.charged
        ? `${dollars(receipt.charged.atomic)} charged, ${receipt.outcome}, settled by ${receipt.settledBy}`
        : 'none',
    ],
    [
      'Ledger',
      `${ledger.money}, ${ledger.cost === null ? 'no cost' : dollars(ledger.cost)}, settled by ${ledger.settledBy}, answer ${ledger.answer}`,
    ],
    ['Payer', `${dollars(report.payerBefore)} before, ${dollars(report.payerAfter)} after`],
    ['Payee', `${dollars(report.payeeBefore)} before, ${dollars(report.payeeAfter)} after`],
    ['Times', Object.entries(report.timings).map(([name, ms]) => `${name} ${ms} ms`)],
    [
      'Result',
      isExact(report)
        ? "the chain's balances moved by exactly the receipt's amount"
        : "the chain's balances do NOT agree with the receipt",
    ],
  ] as const
  return lines.map(([name, value]) => entry(name, typeof value === 'string' ? [value] : value)).join('\n')
}

const entry = (name: string, values: readonly string[]) =>
  values.map((value, index) => `${(index === 0 ? name : '').padEnd(12)}${value}`).join('\n')

/** Atomic units of USDC in full. */
function dollars(atomic: string): string {
  const digits = atomic.padStart(7, '0')
  return `$${digits.slice(0, -6)}.${digits.slice(-6)}`
}

async function openWallet(stage: Stage, headless: boolean): Promise<Driver> {
  const { step, info, extensionDir, executablePath } = stage
  const driver = await step('Opening the browser', () => launch({ extensionDir, executablePath, headless }))
  stage.onOpen(driver.close)
  await step('Importing the funded wallet', () =>
    driver.onboard({ phrase: info.accounts.phrase, password: PASSWORD }),
  )
  return driver
}

async function readBalances(lab: LabClient): Promise<{ payer: bigint; payee: bigint }> {
  const { accounts, payees } = lab.info
  const payTo = payees.jumpgate?.[BASE]
  if (!payTo) throw new Error('the lab names no payee on Base')
  const of = (owner: string) => lab.balanceOf({ network: BASE, owner, asset: BASE_USDC })
  const [payer, payee] = await Promise.all([of(accounts.evm.address), of(payTo)])
  return { payer, payee }
}

/** The newest row, when the chain has settled it; else as it stands after a minute. */
async function confirmedRow(driver: Driver): Promise<HistoryRowView> {
  const untilMs = performance.now() + CONFIRM_MS
  for (;;) {
    const [row] = await driver.ledger()
    if (!row) throw new Error('the ledger holds nothing')
    if (row.settledBy === 'chain' || performance.now() > untilMs) return row
    await new Promise((done) => setTimeout(done, 1000))
  }
}
