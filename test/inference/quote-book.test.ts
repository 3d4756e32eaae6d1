import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import { BASE } from '../../src/domain/network.ts'
import type { GatewayQuote } from '../../src/gateways/gateway.ts'
import type { Call } from '../../src/inference/call.ts'
import { createQuoteBook } from '../../src/inference/quote-book.ts'
import { createFakeClock } from './fake-clock.ts'

const WIRE: GatewayQuote = {
  ...({ expected: toAtomic(9n), max: toAtomic(10n), currency: 'USDC' } as const),
  ...{ inputTokens: 3, maxOutputTokens: null, headers: { 'x-quote': 'signed' } },
}

function makeBook() {
  const time = createFakeClock()
  const kept = new Map<string, unknown>()
  let asked = 0
  const deps = {
    clock: time.clock,
    quoteStore: {
      get: async (key: string) => kept.get(key),
      set: async (key: string, value: unknown) => void kept.set(key, JSON.parse(JSON.stringify(value))),
      remove: async (key: string) => void kept.delete(key),
    },
  } as unknown as Parameters<typeof createQuoteBook>[0]
  const gateway = {
    config: { id: 'jumpgate' },
    // No request: as a gateway that has no quote endpoint. Counted, for it means that a new quote was wanted.
    quoteRequest: () => {
      asked++
      return null
    },
  }
  const call = (more: Partial<Call> = {}): Call =>
    ({
      ...{ principal: 'https://site.example', wireHash: 'body', quoteId: null, maxCost: null, gateway },
      ...{ prepared: {} },
      ...more,
    }) as unknown as Call
  const told = (max: bigint, wire: GatewayQuote | null = WIRE) => ({
    quote: {
      ...({ gatewayId: 'jumpgate', model: 'm', currency: 'USDC', network: BASE, expected: null } as const),
      ...{ max: toAtomic(max), inputTokens: null, maxOutputTokens: null, atMs: time.clock.nowMs() },
    },
    entry: { quote: wire, atMs: time.clock.nowMs() },
  })
  const { signal } = new AbortController()
  const start = () => createQuoteBook(deps)
  return { ...{ ...time, deps, kept, call, told, signal, start, book: start() }, asked: () => asked }
}

const usdc = (amount: bigint) => ({ amount: toAtomic(amount), currency: 'USDC' as const })

describe('a quote that a page was told', () => {
  it('bounds the request that names it, for as long as it lasts', async () => {
    const { book, call, told, pass } = makeBook()
    await book.keep(call(), 'q', told(10n))
    expect((await book.bind(call({ quoteId: 'q' }))).maxCost).toEqual(usdc(10n))
    await pass(57_000)
    expect((await book.bind(call({ quoteId: 'q' }))).maxCost).toEqual(usdc(10n))
    await pass(3_000)
    await expect(book.bind(call({ quoteId: 'q' }))).rejects.toMatchObject({ reason: 'unknown-quote' })
  })

  // Mended: a used id, or one older than 55 s, let any newer price through.
  it('still bounds when it was used, and a new price has to be asked for', async () => {
    const { book, call, told, signal, asked } = makeBook()
    await book.keep(call(), 'q', told(10n))
    expect((await book.take(call({ quoteId: 'q' }), signal)).quote).toEqual(WIRE)
    expect(asked()).toBe(0)
    expect((await book.take(call({ quoteId: 'q' }), signal)).quote).toBeNull()
    expect(asked()).toBe(1)
    expect((await book.bind(call({ quoteId: 'q' }))).maxCost).toEqual(usdc(10n))
  })

  // Mended: gateways that price by their 402 kept no quote, so that a fresh id bounded nothing.
  it('bounds where the gateway has no quote of its own', async () => {
    const { book, call, told } = makeBook()
    await book.keep(call(), 'q', told(10n, null))
    expect((await book.bind(call({ quoteId: 'q' }))).maxCost).toEqual(usdc(10n))
  })

  // Mended: the book was kept in memory only, and another worker refused the id as an invalid request.
  it('outlives the worker, with the gateway quote that is still unused', async () => {
    const { start, call, told, signal, asked } = makeBook()
    await start().keep(call(), 'q', told(10n))
    const next = start()
    expect((await next.bind(call({ quoteId: 'q' }))).maxCost).toEqual(usdc(10n))
    expect((await next.take(call({ quoteId: 'q' }), signal)).quote).toEqual(WIRE)
    expect(asked()).toBe(0)
    expect((await start().take(call({ quoteId: 'q' }), signal)).quote).toBeNull()
  })

  it.each([
    ['another request', { wireHash: 'other' }],
    ['another site', { principal: 'https://other.example' }],
  ])('is not good for %s', async (_name, more) => {
    const { book, call, told } = makeBook()
    await book.keep(call(), 'q', told(10n))
    const other = call({ quoteId: 'q', ...more } as Partial<Call>)
    await expect(book.bind(other)).rejects.toMatchObject({ reason: 'unknown-quote' })
  })

  it('is over when the clock was set back before it', async () => {
    const { book, call, told, jump } = makeBook()
    await book.keep(call(), 'q', told(10n))
    jump(-1_000)
    await expect(book.bind(call({ quoteId: 'q' }))).rejects.toMatchObject({ reason: 'unknown-quote' })
  })

  it.each([
    ['the lower maxCost stays', usdc(9n), usdc(9n)],
    ['a higher one gives way', usdc(11n), usdc(10n)],
    [
      'one in another currency leaves nothing that keeps to both',
      { amount: toAtomic(11n), currency: 'OPG' },
      usdc(0n),
    ],
  ] as const)('goes together with maxCost: %s', async (_name, maxCost, bound) => {
    const { book, call, told } = makeBook()
    await book.keep(call(), 'q', told(10n))
    expect((await book.bind(call({ quoteId: 'q', maxCost }))).maxCost).toEqual(bound)
  })

  it('leaves a request alone that names none, and gives it the newest unused quote', async () => {
    const { book, call, told, signal } = makeBook()
    await book.keep(call(), 'old', told(10n))
    await book.keep(call(), 'new', told(12n, { ...WIRE, max: toAtomic(12n) }))
    expect((await book.bind(call())).maxCost).toBeNull()
    expect((await book.take(call({ quoteId: 'old' }), signal)).quote?.max).toBe(10n)
    expect((await book.take(call(), signal)).quote?.max).toBe(12n)
  })

  it('is unknown where the store holds something else', async () => {
    const { start, call, told, kept } = makeBook()
    await start().keep(call(), 'q', told(10n))
    const [row] = kept.get('told') as Record<string, unknown>[]
    for (const broken of ['x', [null], [{ ...row, max: '1.5' }], [{ ...row, currency: 'EUR' }]]) {
      kept.set('told', broken)
      await expect(start().bind(call({ quoteId: 'q' }))).rejects.toMatchObject({ reason: 'unknown-quote' })
    }
  })

  it('bounds in this worker where the store is full', async () => {
    const { deps, call, told } = makeBook()
    const full = { ...deps.quoteStore, set: () => Promise.reject(new Error('quota')) }
    const book = createQuoteBook({ ...deps, quoteStore: full })
    await book.keep(call(), 'q', told(10n))
    expect((await book.bind(call({ quoteId: 'q' }))).maxCost).toEqual(usdc(10n))
  })

  it('is kept with at most 199 others', async () => {
    const { book, call, told, kept } = makeBook()
    for (let index = 0; index < 205; index++) await book.keep(call(), `q${index}`, told(10n))
    expect(kept.get('told')).toHaveLength(200)
    await expect(book.bind(call({ quoteId: 'q0' }))).rejects.toMatchObject({ reason: 'unknown-quote' })
  })
})
