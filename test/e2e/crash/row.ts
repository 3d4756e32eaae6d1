/** One row of the crash matrix: a scene is played, everything ends at the point, and the request is made again. */
import type { Page } from '@playwright/test'
import { type CallResult, clickIn, startCall } from '../page-api.ts'
import { playPerson } from './person.ts'
import { findLine, type Point } from './points.ts'
import { clearPins, readPayments } from './raw-ledger.ts'
import { editBudget, request } from './scenes.ts'
import { type Strike, strike } from './strikes.ts'
import { attachToWorker, type WorkerDebugger } from './worker-debugger.ts'
import type { World } from './world.ts'

export interface Row {
  readonly point: Point
  readonly how: Strike
  /** How often everything ends: the second time at the same point of the new life, where that is reached. */
  readonly strikes: number
}

/** What a page learned: an answer, an error of the API, or nothing because the page ended too. */
export type Ending = CallResult | { readonly kind: 'page gone' } | { readonly kind: 'nothing' }

export interface Played {
  readonly row: Row
  readonly site: string
  /** How often the worker really stood still at the point. */
  readonly stops: number
  readonly ending: Ending
  /** Payments of the site that had left, or may have, when the page learned its ending. */
  readonly leftBefore: number
  /** The very same request again, with its key. */
  readonly again: Ending
  /** Another request, within the same budget. */
  readonly another: Ending
  /** Each budget of the site with what was used of it in the end, in atomic units. */
  readonly caps: readonly { readonly cap: string; readonly used: bigint }[]
}

/** Longest until the worker stands at its point, and until a page has its answer, in ms. */
const STOP_MS = 20_000
const END_MS = 40_000
/** Longest until a new life comes to the same point, in ms. */
const AGAIN_MS = 3_000

/** Throws where the worker did not stop at the point, or a page never learned how its call ended. `price`: most that one call costs. */
export async function playRow(world: World, row: Row, price: bigint): Promise<Played> {
  const { scene } = row.point
  const site = world.newSite()
  const person = playPerson(world.driver)
  let life: Life | undefined
  try {
    if (!isAsked(row)) await world.giveBudget(site, scene === 'budget edit' ? 2n * price : price)
    if (scene === 'first offer') await forgetTerms(world)
    if (scene === 'new offer') await world.lab.fault('jumpgate', 'stale', { stage: 'paid' })
    life = await begin(world, row, { site, price })
    await life.worker.paused(STOP_MS)
    await strike(world, row.how, life.worker)
    const stops = 1 + (await strikeAgain(world, row))
    const ending = await endOf(life.call)
    await world.lab.clearFaults()
    const leftBefore = await countLeft(world, site)
    return { row, site, stops, ending, leftBefore, ...(await goOn(world, row, site)) }
  } finally {
    person.leave()
    world.wires.mend()
    await life?.worker.detach()
    await life?.page.close().catch(() => undefined)
  }
}

const KEY = 'the one request'

interface Life {
  readonly page: Page
  readonly worker: WorkerDebugger
  readonly call: { readonly done: Promise<Ending> }
}

function isAsked({ point }: Row): boolean {
  return point.scene === 'asked' || point.scene === 'first offer'
}

/** The worker remembers what it read: the next one reads anew. */
async function forgetTerms(world: World): Promise<void> {
  await world.inside(clearPins)
  await world.driver.killWorker()
}

/** Starts what passes the point, with the worker ready to stop there. */
async function begin(
  world: World,
  row: Row,
  { site, price }: { readonly site: string; readonly price: bigint },
): Promise<Life> {
  const page = await world.driver.open(`${site}/blank`)
  if (isAsked(row)) await clickIn(page)
  if (row.point.scene === 'reconcile') {
    const call = startCall(page, request('first', KEY))
    await endOf(call)
    return { page, call, worker: await arm(world, row.point) }
  }
  const worker = await arm(world, row.point)
  const call =
    row.point.scene === 'budget edit'
      ? { done: editBudget(world, site, price) }
      : startCall(page, request('first', KEY))
  return { page, call, worker }
}

/** The same request once more, and another one; what the site's budget is by then. */
async function goOn(world: World, row: Row, site: string) {
  const page = await world.driver.open(`${site}/blank`)
  if (isAsked(row)) await clickIn(page)
  const again = await endOf(startCall(page, request('first', KEY)))
  if (isAsked(row)) return { again, another: NOTHING, caps: [] }
  const another = await endOf(startCall(page, request('another')))
  await page.close()
  const { budgets } = await world.site(site)
  return {
    again,
    another,
    caps: budgets.map(({ cap, settled, live }) => ({ cap, used: add(settled, live) })),
  }
}

const NOTHING: Ending = { kind: 'nothing' }

function add(a: string, b: string): bigint {
  return BigInt(a) + BigInt(b)
}

async function arm(world: World, point: Point): Promise<WorkerDebugger> {
  // Any question of ours starts a worker that sleeps.
  await world.inside((page) =>
    page.evaluate(() => chrome.runtime.sendMessage({ ui: 'wallet.status', params: {} })),
  )
  const worker = await attachToWorker(world.browser(), world.scriptUrl())
  const line = findLine(world.script, point)
  await worker.setBreakpoint(point.condition ? { line, condition: point.condition } : { line })
  return worker
}

/** The next lives of the same request, as long as they come to the point again. */
async function strikeAgain(world: World, row: Row): Promise<number> {
  for (let stops = 0; ; stops++) {
    if (stops >= row.strikes - 1) return stops
    const worker = await arm(world, row.point)
    try {
      await worker.paused(AGAIN_MS)
    } catch {
      await worker.detach()
      return stops
    }
    await strike(world, row.how, worker)
  }
}

async function endOf({ done }: { readonly done: Promise<Ending> }): Promise<Ending> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('the call never ended')), END_MS)
  })
  const gone = (): Ending => ({ kind: 'page gone' })
  try {
    return await Promise.race([done.catch(gone), late])
  } finally {
    clearTimeout(timer)
  }
}

/** Payments of the site whose signature left this machine, or may have. */
async function countLeft(world: World, site: string): Promise<number> {
  const payments = await world.inside(readPayments)
  return payments.filter(
    ({ state, openedBy }) => openedBy.principal === site && (state === 'presented' || state === 'settled'),
  ).length
}
