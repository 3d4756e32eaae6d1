import { beforeAll, describe, expect, it } from 'vitest'
import type { HistoryFilter, Ledger } from '../../src/ledger/ledger.ts'
import {
  grantUsdc,
  makeAttempt,
  makeLedger,
  makeReservation,
  makeSession,
  NOON,
  OTHER,
  opg,
  SITE,
  type TestLedger,
  usdc,
} from './make-ledger.ts'

const COUNT = 240
const MINUTE = 60_000

interface Made {
  readonly id: string
  readonly principal: string
  readonly model: string
  readonly gatewayId: string
  readonly money: string
  readonly atMs: number
}

/** 240 requests, one a minute but for every fifth, which shares its minute with the one before. */
async function fill({ ledger, clock }: TestLedger): Promise<readonly Made[]> {
  const revisions = [
    (await grantUsdc(ledger, '50')).revision,
    (await grantUsdc(ledger, '50', {}, OTHER)).revision,
  ]
  const made: Made[] = []
  for (let index = 0; index < COUNT; index += 1) {
    if (index % 5 !== 4) clock.advance(MINUTE)
    const facts = {
      id: `id-${String(index).padStart(3, '0')}`,
      principal: index % 3 === 0 ? OTHER : SITE,
      model: index % 7 === 0 ? 'ambient/mini' : 'ambient/large',
      gatewayId: index % 11 === 0 ? 'other-gateway' : 'jumpgate',
    }
    const result = await ledger.reserve(
      makeReservation({
        ...facts,
        amount: usdc('0.001'),
        grantRevision: revisions[index % 3 === 0 ? 1 : 0] ?? null,
      }),
    )
    if (result.kind !== 'reserved') throw new Error(result.kind)
    const money = index % 4 === 0 ? 'settled' : index % 4 === 1 ? 'released' : 'live'
    if (money === 'settled') {
      await ledger.present(result.payment.id, makeAttempt(usdc('0.001')))
      await ledger.settle(result.payment.id, 'chain', {
        charged: usdc('0.001'),
        transaction: `0x${String(index).padStart(4, '0')}FACE`,
      })
    }
    if (money === 'released') await ledger.release(result.payment.id)
    made.push({ ...facts, money, atMs: clock.nowMs() })
  }
  return made
}

async function allPages(ledger: Ledger, filter: HistoryFilter, limit: number): Promise<readonly string[]> {
  const ids: string[] = []
  let before: string | undefined
  for (let page = 0; page < 100; page += 1) {
    const { rows, next } = await ledger.history(filter, before === undefined ? { limit } : { limit, before })
    expect(rows.length).toBeLessThanOrEqual(limit)
    for (const { request, payment } of rows) {
      expect(payment.id).toBe(request.paymentId)
      ids.push(request.id)
    }
    if (next === null) return ids
    before = next
  }
  throw new Error('No end')
}

describe('history', () => {
  let test: TestLedger
  let made: readonly Made[]

  beforeAll(async () => {
    test = await makeLedger()
    made = await fill(test)
  })

  /** What the filter means, said again over plain rows. */
  function expected(matches: (row: Made) => boolean): readonly string[] {
    return made
      .filter(matches)
      .sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? -1 : 1))
      .map((row) => row.id)
  }

  const from = NOON + 50 * MINUTE
  const to = NOON + 100 * MINUTE

  it.each<[string, HistoryFilter, (row: Made) => boolean]>([
    ['everything', {}, () => true],
    ['one principal', { principal: OTHER }, (row) => row.principal === OTHER],
    ['one model', { model: 'ambient/mini' }, (row) => row.model === 'ambient/mini'],
    ['one gateway', { gatewayId: 'other-gateway' }, (row) => row.gatewayId === 'other-gateway'],
    ['what is live', { money: 'live' }, (row) => row.money === 'live'],
    ['what is settled', { money: 'settled' }, (row) => row.money === 'settled'],
    ['one currency', { currency: 'USDC' }, () => true],
    ['a currency without rows', { currency: 'OPG' }, () => false],
    [
      'several at once',
      { principal: SITE, model: 'ambient/large', money: 'settled' },
      (row) => row.principal === SITE && row.model === 'ambient/large' && row.money === 'settled',
    ],
    ['from a time on', { fromMs: from }, (row) => row.atMs >= from],
    ['up to a time, which is left out', { toMs: to }, (row) => row.atMs < to],
    [
      'a span of time of one principal',
      { principal: SITE, fromMs: from, toMs: to },
      (row) => row.principal === SITE && row.atMs >= from && row.atMs < to,
    ],
    ['an empty span', { fromMs: to, toMs: from }, () => false],
    ['a text in the origin', { text: 'OTHER.example' }, (row) => row.principal === OTHER],
    ['a text in the model', { text: 'MINI' }, (row) => row.model === 'ambient/mini'],
    ['a text in the transaction', { text: '0004face' }, (row) => row.id === 'id-004'],
    ['a text in the id', { text: 'id-03' }, (row) => row.id.startsWith('id-03')],
    ['what the chain confirmed', { settledBy: 'chain' }, (row) => row.money === 'settled'],
    ['what is only reported, where nothing is', { settledBy: 'gateway' }, () => false],
    [
      'what is confirmed of one principal',
      { principal: SITE, money: 'settled', settledBy: 'chain' },
      (row) => row.principal === SITE && row.money === 'settled',
    ],
    ['what is being paid', { answer: 'paying' }, () => true],
    ['what was answered, where nothing was', { answer: 'answered' }, () => false],
    [
      'a text that only the name of a gateway has',
      { text: 'somebody', textGatewayIds: ['other-gateway'] },
      (row) => row.gatewayId === 'other-gateway',
    ],
    ['a text that is nowhere', { text: 'nowhere' }, () => false],
    [
      'a text within one principal',
      { principal: SITE, text: 'mini' },
      (row) => row.principal === SITE && row.model === 'ambient/mini',
    ],
  ])('finds %s, newest first, in pages of any size', async (_what, filter, matches) => {
    const ids = expected(matches)
    for (const limit of [1, 7, 50, 200]) {
      if (limit === 1 && ids.length > 50) continue
      expect(await allPages(test.ledger, filter, limit)).toEqual(ids)
    }
  })

  it('never gives more than 200 rows', async () => {
    expect((await test.ledger.history({}, { limit: 1000 })).rows).toHaveLength(200)
  })

  it.each(['', 'x', '12', ':id', '1e5:id', `1:${'x'.repeat(201)}`])(
    'refuses the cursor %o',
    async (before) => {
      await expect(test.ledger.history({}, { limit: 1, before })).rejects.toMatchObject({
        reason: 'invalid-body',
      })
    },
  )

  it('counts every row', async () => {
    expect(await test.ledger.countHistory()).toBe(COUNT)
  })

  it('knows the names that were seen', async () => {
    const seen = await test.ledger.seen()
    expect(seen).toEqual({
      principals: [SITE, OTHER],
      models: ['ambient/large', 'ambient/mini'],
      gateways: ['jumpgate', 'other-gateway'],
    })
  })
})

describe('daily', () => {
  it('sums up days by scope, newest first', async () => {
    const test = await makeLedger()
    const { ledger, clock } = test
    const { revision } = await grantUsdc(ledger, '50')
    for (const amount of ['0.001', '0.002', '0.003']) {
      await ledger.reserve(makeReservation({ amount: usdc(amount), grantRevision: revision }))
      clock.advance(86_400_000)
    }
    clock.advance(-86_400_000)
    const live = async (...query: Parameters<Ledger['daily']>) =>
      (await ledger.daily(...query)).map((day) => day.live)
    expect(await live({ kind: 'all' }, 30)).toEqual([3000n, 2000n, 1000n])
    expect(await live({ kind: 'all' }, 2)).toEqual([3000n, 2000n])
    expect(await live({ kind: 'principal', principal: SITE }, 1)).toEqual([3000n])
    expect(await live({ kind: 'principal', principal: OTHER }, 30)).toEqual([])
    expect(await live({ kind: 'model', model: 'ambient/large' }, 30)).toEqual([3000n, 2000n, 1000n])
    expect(await live({ kind: 'gateway', gatewayId: 'jumpgate' }, 30)).toEqual([3000n, 2000n, 1000n])
  })

  it('keeps currencies apart', async () => {
    const { ledger } = await makeLedger()
    const { revision } = await grantUsdc(ledger, '50')
    await ledger.reserve(makeReservation({ grantRevision: revision }))
    const grant = await ledger.putBudget(SITE, {
      currency: 'OPG',
      cap: opg('1'),
      period: 'day',
      maxPerRequest: opg('1'),
      models: 'all',
      expiresAtMs: null,
    })
    await ledger.reserve(makeSession({ grantRevision: grant.revision }))
    expect((await ledger.daily({ kind: 'all' }, 1)).map((day) => [day.currency, day.live])).toEqual([
      ['USDC', 4474n],
      ['OPG', opg('1')],
    ])
    expect(await ledger.today()).toMatchObject({
      USDC: { live: 4474n },
      OPG: { live: opg('1') },
      tUSDC: { live: 0n },
    })
  })

  it('counts made-up model names beyond the first 200 of a day together', async () => {
    const { ledger } = await makeLedger()
    const { revision } = await grantUsdc(ledger, '50')
    const reserved: string[] = []
    for (let index = 0; index < 210; index += 1) {
      const model = `m${index}`
      const result = await ledger.reserve(makeReservation({ model, grantRevision: revision }))
      if (result.kind === 'reserved') reserved.push(result.payment.id)
    }
    expect(await ledger.daily({ kind: 'model', model: 'm0' }, 1)).toMatchObject([{ count: 1 }])
    expect(await ledger.daily({ kind: 'model', model: 'm209' }, 1)).toEqual([])
    expect(await ledger.daily({ kind: 'model', model: '' }, 1)).toMatchObject([{ count: 10, live: 44_740n }])
    for (const id of reserved) await ledger.release(id)
    expect(await ledger.daily({ kind: 'model', model: '' }, 1)).toMatchObject([{ count: 10, live: 0n }])
  })
})
