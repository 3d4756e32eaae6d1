/** Three hundred payments through every gateway: the history, the database and the chains say the same, and so does every filter and export. */
import { openDB } from 'idb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BackgroundDeps } from '../../src/background/deps.ts'
import { historyPage } from '../../src/background/ui/history-page.ts'
import { historySeen } from '../../src/background/ui/history-seen.ts'
import { parseAtomic } from '../../src/domain/amount.ts'
import { DEFAULT_LIMITS } from '../../src/domain/default-limits.ts'
import { AnswerError } from '../../src/inference/inference.ts'
import type { HistoryFilterInput } from '../../src/protocol/ui-protocol.ts'
import type { HistoryRowView } from '../../src/protocol/ui-views.ts'
import { exportHistory } from '../../src/ui/history/export-history.ts'
import { newestBlock, readMoved } from '../e2e/crash/chain-log.ts'
import type { RawPayment } from '../e2e/crash/raw-ledger.ts'
import { BASE, connectLab, type LabClient, SOLANA, SOLANA_USDC } from '../e2e/lab-client.ts'
import { anyPorts } from '../lab/fault-bench.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { createFakeClient } from '../ui/fake-client.ts'
import { createHarness, type Harness, requireOrigin, SITE } from './harness.ts'
import { labSolanaSeed, setAllowance } from './lab-wallet.ts'

const OPG = '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB'
const OTHER = requireOrigin('https://other.example')
/** Payments at once. */
const LANES = 10
/** Faults of JumpGate on Base, each as often as that. */
const FAULTS = ['settle-then-500', 'no-receipt', 'no-settle', 'status-500', 'drop']
const EACH_FAULT = 5

let lab: Lab
let client: LabClient
let harness: Harness
let fromBlock: bigint
let asked = 0
const before = { solana: 0n, opg: 0n }
const owners = () => lab.info.accounts

async function runMany(count: number, model: string, abortEvery = Number.POSITIVE_INFINITY): Promise<void> {
  let left = count
  const lane = async () => {
    while (left > 0) {
      left -= 1
      await askOnce(model, left % abortEvery === 1)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

async function askOnce(model: string, abort: boolean): Promise<void> {
  asked += 1
  const controller = new AbortController()
  const messages = [{ role: 'user' as const, content: `echo: question number ${asked}` }]
  const principal = asked % 3 === 0 ? OTHER : SITE
  const ask = harness.makeAsk({ model, messages }, { principal, active: true, signal: controller.signal })
  try {
    for await (const part of harness.inference.run(ask))
      if (abort && part.kind === 'event') controller.abort()
  } catch (error) {
    if (!abort && !(error instanceof AnswerError)) throw error
  }
}

/** The chain is looked at until it has said everything that it will. */
async function settleAll(): Promise<void> {
  await client.control('POST', '/opengradient', { settleNow: true })
  await client.warp(BASE, 400)
  for (let round = 0; round < 60; round += 1) {
    if ((await harness.inference.reconcile()) === null) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

const names = new Map([
  ['jumpgate', 'Ambient JumpGate'],
  ['opengradient', 'OpenGradient'],
  ['own-1', 'My own seller'],
])

function ui() {
  const deps = {
    ledger: harness.ledger,
    gateways: { names: async () => names },
    prompts: { get: async () => null },
  } as unknown as BackgroundDeps
  return createFakeClient({
    'history.page': (params) => historyPage(deps, params),
    'history.seen': () => historySeen(deps, {}),
  })
}

async function readAll(filter: HistoryFilterInput): Promise<readonly HistoryRowView[]> {
  const rows: HistoryRowView[] = []
  let next: string | null = null
  do {
    const page: Awaited<ReturnType<typeof readOne>> = await readOne(filter, next)
    rows.push(...page.rows)
    next = page.next
  } while (next !== null)
  return rows
}

const readOne = (filter: HistoryFilterInput, page: string | null) =>
  ui().call('history.page', { filter, limit: 25, before: page })

async function readRaw(): Promise<
  ReadonlyMap<string, RawPayment & { network: string; account: string; scheme: string }>
> {
  const database = await openDB(harness.database)
  const rows = await database.getAll('payments')
  database.close()
  return new Map(rows.map((row) => [row.id, row]))
}

beforeAll(async () => {
  lab = await startLab({ ports: anyPorts })
  client = connectLab(lab.info)
  const model = { id: 'lab/writer', gatewayId: 'own-1', ownedBy: 'lab', contextLength: null }
  harness = await createHarness({
    lab,
    evmKey: owners().evm.privateKey as `0x${string}`,
    solanaSeed: labSolanaSeed(owners().phrase),
    extraGateways: [
      {
        ...{ id: 'own-1', kind: 'openai-compatible', name: 'My own seller', builtIn: false, enabled: true },
        ...{ extraHeaders: {}, baseUrl: `${lab.info.urls.seller}/v1` },
        models: [{ ...model, maxOutputTokens: null, pricing: null, proof: 'none' }],
      },
    ],
  })
  await harness.ledger.setLimits({
    ...DEFAULT_LIMITS,
    USDC: { enabled: true, maxPerRequest: parseAtomic('1000000'), perDay: parseAtomic('100000000') },
    OPG: { ...DEFAULT_LIMITS.OPG, enabled: true },
  })
  await setAllowance(lab, BASE, OPG, harness.account, parseAtomic('10000000000000000000'))
  for (const gateway of ['jumpgate', 'opengradient', 'seller'])
    await client.rate(gateway, { tokensPerSecond: 0 })
  fromBlock = await newestBlock(client)
  before.solana = await client.balanceOf({
    network: SOLANA,
    owner: owners().solana.address,
    asset: SOLANA_USDC,
  })
  before.opg = await client.balanceOf({ network: BASE, owner: owners().evm.address, asset: OPG })
  const cap = { cap: parseAtomic('20000000'), maxPerRequest: parseAtomic('100000') }
  const opgCap = parseAtomic('2000000000000000000')
  for (const principal of [SITE, OTHER]) {
    await harness.grant(cap, principal)
    await harness.grant({ currency: 'OPG', cap: opgCap, maxPerRequest: opgCap }, principal)
  }
  // The payees are approved once, one question at a time.
  for (const one of ['ambient/large', 'lab/writer', 'opengradient/gpt-5-mini']) await askOnce(one, false)
  for (const fault of FAULTS) await client.fault('jumpgate', fault, { count: EACH_FAULT, stage: 'paid' })
  await runMany(150, 'ambient/large', 12)
  await client.clearFaults()
  await runMany(60, 'lab/writer')
  await runMany(60, 'opengradient/gpt-5-mini')
  Object.assign(harness.settings, { networkPreference: SOLANA })
  await askOnce('ambient/large', false)
  await runMany(30, 'ambient/large')
  await settleAll()
}, 240_000)
afterAll(() => lab?.stop())

describe('after three hundred mixed payments', () => {
  it('every row of the history is the payment in the database', async () => {
    const [rows, raw] = await Promise.all([readAll({}), readRaw()])
    expect(rows.length).toBeGreaterThan(290)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    expect(new Set(rows.map(({ payment }) => payment.id))).toEqual(new Set(raw.keys()))
    for (const { payment } of rows) {
      const { state, settledBy, maximum, charged, network, account } = raw.get(payment.id) ?? {}
      expect(payment).toMatchObject({ state, settledBy, maximum, charged, network, account })
    }
    const ends = new Set(rows.map(({ money, answer }) => `${money} ${answer}`))
    expect(ends).toEqual(new Set(['settled answered', 'settled failed', 'released failed']))
  })

  it('each transfer on Base is one payment, and each charged payment one transfer', async () => {
    const [moved, raw] = await Promise.all([readMoved(client, fromBlock), readRaw()])
    const charged = [...raw.values()].filter(
      ({ network, scheme, state }) => network === BASE && scheme === 'exact' && state === 'settled',
    )
    const line = (nonce: string, amount: string) => `${nonce.toLowerCase()} ${amount}`
    expect(moved.map(({ nonce, amount }) => line(nonce, String(amount))).sort()).toEqual(
      charged.map(({ nonce, charged: amount }) => line(nonce, String(amount))).sort(),
    )
    expect(charged.every(({ settledBy }) => settledBy === 'chain')).toBe(true)
  })

  it('what left the wallet in OPG and on Solana is what the history has as charged', async () => {
    const rows = await readAll({})
    const sum = (matches: (row: HistoryRowView) => boolean) => {
      const payments = new Map(
        rows.filter(matches).map(({ payment }) => [payment.id, payment.charged ?? '0']),
      )
      return [...payments.values()].reduce((total, amount) => total + BigInt(amount), 0n)
    }
    const opg = await client.balanceOf({ network: BASE, owner: owners().evm.address, asset: OPG })
    const solana = await client.balanceOf({
      network: SOLANA,
      owner: owners().solana.address,
      asset: SOLANA_USDC,
    })
    expect(before.opg - opg).toBe(sum(({ currency }) => currency === 'OPG'))
    expect(before.solana - solana).toBe(sum(({ payment }) => payment.network === SOLANA))
    expect(before.opg - opg).toBeGreaterThan(0n)
    expect(before.solana - solana).toBeGreaterThan(0n)
  })
})

/** What a filter means, said again over plain rows. */
const FILTERS: readonly (readonly [HistoryFilterInput, (row: HistoryRowView) => boolean])[] = [
  [{}, () => true],
  [{ principal: OTHER }, (row) => row.principal === 'https://other.example'],
  [{ model: 'lab/writer' }, (row) => row.model === 'lab/writer'],
  [{ gatewayId: 'opengradient' }, (row) => row.gatewayName === 'OpenGradient'],
  [{ currency: 'OPG' }, (row) => row.currency === 'OPG'],
  [{ money: 'released' }, (row) => row.payment.state === 'released'],
  [{ money: 'settled', settledBy: 'chain' }, (row) => row.money === 'settled' && row.settledBy === 'chain'],
  [
    { money: 'settled', settledBy: 'gateway' },
    (row) => row.money === 'settled' && row.settledBy === 'gateway',
  ],
  [{ answer: 'failed' }, (row) => row.error !== null],
  [{ text: 'own SELLER' }, (row) => row.gatewayName === 'My own seller'],
  [
    { principal: SITE, money: 'settled', answer: 'failed', text: 'ambient' },
    (row) =>
      row.principal === SITE && row.error !== null && row.cost !== '0' && row.model.includes('ambient'),
  ],
]

describe.each(FILTERS)('the filter %o', (filter, matches) => {
  it('finds what a look at every row finds, and exports the same', async () => {
    const expected = (await readAll({})).filter(matches)
    expect(await readAll(filter)).toEqual(expected)
    const options = { signal: new AbortController().signal, onProgress: () => undefined }
    const json = await exportHistory(ui(), { filter, format: 'json' }, options)
    expect(JSON.parse((json ?? []).join(''))).toEqual(expected)
    const csv = ((await exportHistory(ui(), { filter, format: 'csv' }, options)) ?? []).join('').split('\r\n')
    expect(csv.slice(1, -1).map((line) => line.split(',')[1])).toEqual(expected.map(({ id }) => id))
  })
})

it('a span of time leaves out its end', async () => {
  const rows = await readAll({})
  const fromMs = rows.at(-20)?.createdAtMs ?? 0
  const toMs = rows.at(20)?.createdAtMs ?? 0
  expect(await readAll({ fromMs, toMs })).toEqual(
    rows.filter(({ createdAtMs }) => createdAtMs >= fromMs && createdAtMs < toMs),
  )
})
