/** OpenGradient's sessions when things go wrong: one cap held, no request twice, and books that end as the chain says. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { historyRowView } from '../../src/background/views/history-view.ts'
import { type AtomicAmount, parseAtomic } from '../../src/domain/amount.ts'
import { DEFAULT_LIMITS } from '../../src/domain/default-limits.ts'
import { ChatError } from '../../src/domain/errors.ts'
import type { PinnedTerms } from '../../src/domain/payment.ts'
import type { Principal } from '../../src/domain/principal.ts'
import { differsFromReport } from '../../src/ui/format/history-words.ts'
import { anyPorts } from '../lab/fault-bench.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { createHarness, type Harness, type Outcome, requireOrigin, SITE } from './harness.ts'
import { setAllowance } from './lab-wallet.ts'

const BASE = 'eip155:8453'
const OPG = '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB'
const OTHER = requireOrigin('https://other.example')
/** Of the lab's newer deployment. */
const CAP = opg('0.5')

let lab: Lab
let harness: Harness
/** The gateway's terms as a person approved them, so that sites with a budget are not asked. */
let pins: readonly PinnedTerms[]

beforeAll(async () => {
  lab = await startLab({ ports: anyPorts })
  const approving = await openHarness()
  await setAllowance(lab, BASE, OPG, approving.account, opg('100'))
  const first = await approving.answer(approving.makeAsk({ model: 'opengradient/gpt-5-mini' }))
  expect(first.error).toBeNull()
  pins = await approving.ledger.getPins('opengradient')
})
afterAll(() => lab?.stop())
beforeEach(async () => {
  await control('DELETE', '/faults')
  await control('POST', '/rate', { gateway: 'opengradient', tokensPerSecond: 0, delayMs: 0 })
  harness = await openHarness()
  for (const pin of pins) await harness.ledger.putPin(pin)
})

async function openHarness(): Promise<Harness> {
  const opened = await createHarness({ lab, evmKey: lab.info.accounts.evm.privateKey as `0x${string}` })
  const limits = { ...DEFAULT_LIMITS, OPG: { ...DEFAULT_LIMITS.OPG, enabled: true } }
  await opened.ledger.setLimits(limits)
  return opened
}

function opg(text: string): AtomicAmount {
  const [whole = '0', part = ''] = text.split('.')
  return parseAtomic(String(BigInt(whole + part.padEnd(18, '0'))))
}

async function control(method: string, path: string, body?: object): Promise<unknown> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
  const response = await fetch(lab.info.urls.control + path, init)
  if (!response.ok) throw new Error(await response.text())
  return response.json()
}

const fault = (name: string) =>
  control('POST', '/faults', { gateway: 'opengradient', fault: name, count: 1, stage: 'paid' })

function ask(given: Parameters<Harness['makeAsk']>[1] = {}, stream = true) {
  return harness.makeAsk({ model: 'opengradient/gpt-5-mini', stream }, { active: false, ...given })
}

const answer = (given?: Parameters<Harness['makeAsk']>[1], stream = true) =>
  harness.answer(ask(given, stream))

/** Lets the gateway settle everything, and the reconciler see it. */
async function settled(outcome: Outcome) {
  await control('POST', '/opengradient', { settleNow: true })
  const id = outcome.row?.payment.id ?? ''
  for (let round = 0; round < 40; round++) {
    await harness.inference.reconcile()
    const payment = await harness.ledger.getPayment(id)
    if (payment?.settledBy === 'chain') return payment
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  return harness.ledger.getPayment(id)
}

async function used(principal: Principal = SITE) {
  const [use] = await harness.ledger.budgetUse(principal)
  if (!use) throw new Error('no budget')
  return { settled: use.used.settled, live: use.used.live }
}

const signatures = () => harness.requests.filter(({ headers }) => headers['payment-signature']).length
const sent = () => harness.requests.length

describe('an answer that is lost within a session', () => {
  it.each([
    ['by a dropped connection', 'drop'],
    ['by a 500', 'status-500'],
  ])('%s keeps its hold, is not asked for again, and ends with the session', async (_how, name) => {
    await harness.grant({ currency: 'OPG', cap: opg('1'), maxPerRequest: opg('0.05') })
    const first = await answer()
    expect(first.error).toBeNull()
    const cost = first.row?.request.cost ?? opg('0')
    await fault(name)
    const lost = await answer({ idempotencyKey: 'lost' }, false)
    expect(lost.error).toMatchObject({ type: 'paid_no_answer', charged: 'maybe' })
    expect(lost.row?.payment.id).toBe(first.row?.payment.id)
    expect(await used()).toEqual({ settled: cost, live: opg('0.05') })

    const before = sent()
    const again = await answer({ idempotencyKey: 'lost' }, false)
    expect(again.error).toMatchObject({ type: 'paid_no_answer', charged: 'maybe' })
    expect(sent()).toBe(before)

    expect(await settled(first)).toMatchObject({ state: 'settled', settledBy: 'chain', charged: cost })
    expect(await used()).toEqual({ settled: cost, live: 0n })
    const row = await harness.ledger.findByKey(SITE, 'lost')
    expect(row?.request).toMatchObject({ money: 'settled', cost: 0n, answer: 'failed' })
    expect(signatures()).toBe(1)
  })

  it('by its page goes on counting: 40 calls that are aborted get no further than the budget', async () => {
    await harness.grant({ currency: 'OPG', cap: opg('0.5'), maxPerRequest: opg('0.05') })
    const first = await answer()
    expect(first.error).toBeNull()
    await control('POST', '/rate', { gateway: 'opengradient', delayMs: 5_000 })
    const before = sent()
    const leaving = new AbortController()
    const calls = Array.from({ length: 40 }, () =>
      answer({ signal: leaving.signal }, false).catch(() => null),
    )
    await new Promise((resolve) => setTimeout(resolve, 2_000))
    leaving.abort()
    await Promise.all(calls)
    const inSession = harness.requests.slice(before).filter(({ headers }) => headers['x-upto-session'])
    expect(inSession.length).toBe(9)
    expect((await used()).live).toBe(opg('0.45'))
    await settled(first)
    expect(await used()).toEqual({ settled: first.row?.request.cost, live: 0n })
    expect(signatures()).toBe(1)
  })
})

describe('a freeze', () => {
  it('leaves alone a request within a session: the gateway may have counted it', async () => {
    await harness.grant({ currency: 'OPG', cap: opg('1'), maxPerRequest: opg('0.05') })
    expect((await answer()).error).toBeNull()
    await control('POST', '/rate', { gateway: 'opengradient', delayMs: 500 })
    const before = sent()
    const running = answer()
    await expect.poll(sent, { interval: 5 }).toBe(before + 1)
    harness.inference.endUnsent(new ChatError('frozen'))
    expect((await running).error).toBeNull()
  })
})

describe('200 calls at once', () => {
  it('sign one payment, hold its cap once, and count against their own sites', async () => {
    await harness.grant({ currency: 'OPG', cap: opg('1'), maxPerRequest: opg('0.01') })
    await harness.grant({ currency: 'OPG', cap: opg('0.05'), maxPerRequest: opg('0.01') }, OTHER)
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, index) => answer({ principal: index % 2 === 0 ? SITE : OTHER })),
    )
    expect(signatures()).toBe(1)
    expect((await harness.ledger.today()).OPG).toEqual({ settled: 0n, live: CAP })
    const served = outcomes.filter(({ error }) => error === null)
    const costOf = (principal: Principal) =>
      served
        .filter(({ row }) => row?.request.principal === principal)
        .reduce((sum, { row }) => sum + (row?.request.cost ?? 0n), 0n)
    expect(served.filter(({ row }) => row?.request.principal === SITE)).toHaveLength(100)
    expect(await used(SITE)).toEqual({ settled: costOf(SITE), live: 0n })
    expect(await used(OTHER)).toEqual({ settled: costOf(OTHER), live: 0n })
    const [first] = served
    if (!first) throw new Error('nobody was served')
    expect(await settled(first)).toMatchObject({ settledBy: 'chain', charged: costOf(SITE) + costOf(OTHER) })
  })

  it('are not held up by the one that opens the session and is aborted: the next one opens it', async () => {
    await harness.grant({ currency: 'OPG', cap: opg('1'), maxPerRequest: opg('0.01') })
    await control('POST', '/rate', { gateway: 'opengradient', delayMs: 3_000 })
    const leaving = new AbortController()
    const opener = answer({ signal: leaving.signal }, false).catch(() => null)
    while (signatures() === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    const followers = [answer(), answer()]
    await new Promise((resolve) => setTimeout(resolve, 500))
    leaving.abort()
    await opener
    await control('POST', '/rate', { gateway: 'opengradient', delayMs: 0 })
    for (const { error } of await Promise.all(followers)) expect(error).toBeNull()
    expect(signatures()).toBe(2)
  })
})

describe('an answer that fails after it opened a session', () => {
  it('leaves the session to the next request, which signs no second cap', async () => {
    await harness.grant({ currency: 'OPG', cap: opg('1'), maxPerRequest: opg('0.01') })
    await fault('pricing-unavailable')
    const failed = await answer()
    expect(failed.error).toMatchObject({ type: 'paid_no_answer', charged: 'maybe' })
    const next = await answer()
    expect(next.error).toBeNull()
    expect(next.row?.payment.id).toBe(failed.row?.payment.id)
    expect(signatures()).toBe(1)
  })
})

describe('a deadline that the gateway finds too soon', () => {
  it('is followed by a fresh offer, signed under the same nonce', async () => {
    await harness.grant({ currency: 'OPG', cap: opg('1'), maxPerRequest: opg('0.01') })
    await fault('session-deadline')
    const { error, row } = await answer()
    expect(error).toBeNull()
    expect(signatures()).toBe(2)
    expect(row?.payment.attempts).toHaveLength(2)
    expect((await harness.ledger.today()).OPG).toEqual({ settled: 0n, live: CAP })
  })
})

describe('a charge above what was reported', () => {
  it('is the chain’s sum for the person, and stays beside the report in the history', async () => {
    await harness.grant({ currency: 'OPG', cap: opg('1'), maxPerRequest: opg('0.05') })
    await fault('settle-more-than-reported')
    const { error, row } = await answer()
    expect(error).toBeNull()
    const reported = row?.request.reported ?? 0n
    expect(reported).toBeGreaterThan(0n)
    const payment = await settled({ text: '', row, error: null, parts: [] })
    expect(payment).toMatchObject({ settledBy: 'chain', charged: reported * 2n })
    expect((await harness.ledger.today()).OPG).toEqual({ settled: reported * 2n, live: 0n })
    expect(await used()).toEqual({ settled: reported, live: 0n })
    const found = await harness.ledger.getRequest(row?.request.id ?? '')
    if (!found) throw new Error('no row')
    const view = historyRowView(found, { names: new Map([['opengradient', 'OpenGradient']]), prompt: null })
    expect(differsFromReport(view)).toBe(true)
    expect(view).toMatchObject({ reported: String(reported), payment: { charged: String(reported * 2n) } })
  })
})
