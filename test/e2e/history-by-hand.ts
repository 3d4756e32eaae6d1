/** The history asked for by hand: straight from the database, and out of the files that the screen writes. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'

/** The part of a stored request that tests look at; amounts are decimal strings. */
export interface RawRequest {
  readonly id: string
  readonly principal: string
  readonly model: string
  readonly gatewayId: string
  readonly currency: string
  readonly money: 'live' | 'settled' | 'released'
  readonly settledBy: 'gateway' | 'chain' | null
  readonly answer: string
  readonly cost: string | null
  readonly paymentId: string
  readonly createdAtMs: number
}

/** Digits after the point of a whole unit. Source: the assets' contracts. */
const DECIMALS: Readonly<Record<string, number>> = { USDC: 6, tUSDC: 6, OPG: 18, tOPG: 18 }
/** Rows that are written at a time. */
const AT_ONCE = 5000

/** Copies the requests that there are, in turn, one a minute into the past; some in another currency, some not charged. */
export function seedRows(page: Page, count: number): Promise<void> {
  return page.evaluate(
    async ({ rows, atOnce }) => {
      const wait = <T>(request: IDBRequest<T>) =>
        new Promise<T>((done, fail) => {
          request.onsuccess = () => done(request.result)
          request.onerror = () => fail(request.error)
        })
      const database = await wait(indexedDB.open('x402-chat-ledger'))
      const read = database.transaction('requests').objectStore('requests')
      const samples = (await wait(read.getAll())) as { createdAtMs: number }[]
      if (samples.length === 0) throw new Error('There is no request to copy')
      const oldestAtMs = Math.min(...samples.map(({ createdAtMs }) => createdAtMs))
      for (let start = 0; start < rows; start += atOnce) {
        const tx = database.transaction('requests', 'readwrite', { durability: 'relaxed' })
        const store = tx.objectStore('requests')
        for (let index = start; index < Math.min(rows, start + atOnce); index += 1) {
          const createdAtMs = oldestAtMs - 60_000 * (index + 1)
          store.put({
            ...samples[index % samples.length],
            ...(index % 7 === 0 ? { currency: 'OPG' } : {}),
            ...(index % 5 === 0 ? { money: 'released', cost: '0', settledBy: null } : {}),
            ...{ id: `seed-${index}`, idempotencyKey: `seed-${index}` },
            ...{ createdAtMs, recency: -createdAtMs },
          })
        }
        await new Promise<void>((done, fail) => {
          tx.oncomplete = () => done()
          tx.onabort = () => fail(tx.error)
        })
      }
      database.close()
    },
    { rows: count, atOnce: AT_ONCE },
  )
}

/** Every stored request of one local day of the browser, newest first; `day` as 2026-11-28. */
export async function requestsOf(page: Page, day: string): Promise<readonly RawRequest[]> {
  const rows = await page.evaluate(async (text) => {
    const wait = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result)
        request.onerror = () => fail(request.error)
      })
    const [year = 0, month = 1, date = 1] = text.split('-').map(Number)
    const fromMs = new Date(year, month - 1, date).getTime()
    const toMs = new Date(year, month - 1, date + 1).getTime()
    const database = await wait(indexedDB.open('x402-chat-ledger'))
    const all = (await wait(
      database.transaction('requests').objectStore('requests').getAll(),
    )) as RawRequest[]
    database.close()
    return all.filter(({ createdAtMs }) => createdAtMs >= fromMs && createdAtMs < toMs)
  }, day)
  return rows.sort((a, b) => b.createdAtMs - a.createdAtMs)
}

/** A row as the CSV has it: the columns that say what, when, where and how much. */
export function csvRowOf(row: RawRequest): readonly string[] {
  const time = new Date(row.createdAtMs).toISOString()
  const charged = row.cost === null ? '' : wholeUnits(row.cost, DECIMALS[row.currency] ?? 0)
  return [time, row.id, row.principal, row.model, row.currency, charged, row.money, row.settledBy ?? '']
}

/** The same columns out of a file. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const [names = [], ...rows] = text
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
  const wanted = ['time', 'request', 'site', 'model', 'currency', 'charged', 'money', 'settled by']
  return rows.map((cells) => wanted.map((name) => cells[names.indexOf(name)] ?? `no ${name}`))
}

/** What the screen writes when the button is pressed. */
export async function exported(page: Page, button: 'Export CSV' | 'Export JSON'): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  return readFile(await download.path(), 'utf8')
}

/** Ids of the rows in the list that are drawn, from the top. */
export function shownIds(page: Page): Promise<readonly string[]> {
  return page
    .getByRole('list', { name: /^Rows / })
    .getByRole('link')
    .evaluateAll((links) =>
      links.map((link) => decodeURIComponent(link.getAttribute('href')?.split('/').at(-1) ?? '')),
    )
}

function wholeUnits(atomic: string, decimals: number): string {
  const padded = atomic.padStart(decimals + 1, '0')
  const fraction = padded.slice(padded.length - decimals).replace(/0+$/, '')
  return `${padded.slice(0, padded.length - decimals)}${fraction === '' ? '' : `.${fraction}`}`
}
