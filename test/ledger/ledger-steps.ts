import fc from 'fast-check'
import { PERIODS, type Period } from '../../src/domain/budget.ts'

/** One thing that happens to a ledger. Numbers that choose a payment or request are taken modulo how many there are. */
export type Step =
  | {
      readonly kind: 'reserve'
      readonly site: number
      readonly amount: number
      readonly spare: number
      readonly outside: boolean
      readonly yes: number | null
      readonly sameKey: boolean
    }
  | { readonly kind: 'open'; readonly site: number; readonly cap: number; readonly held: number }
  | { readonly kind: 'join'; readonly site: number; readonly session: number; readonly held: number }
  | { readonly kind: 'again'; readonly request: number; readonly amount: number }
  | { readonly kind: 'present'; readonly payment: number; readonly raise: number }
  | {
      readonly kind: 'settle'
      readonly payment: number
      readonly by: 'gateway' | 'chain'
      readonly share: number
    }
  | { readonly kind: 'release'; readonly payment: number }
  | { readonly kind: 'settleRequest'; readonly request: number; readonly share: number }
  | { readonly kind: 'releaseRequest'; readonly request: number }
  | {
      readonly kind: 'budget'
      readonly site: number
      readonly cap: number
      readonly period: Period
      readonly isEdit: boolean
    }
  | { readonly kind: 'mode'; readonly site: number; readonly mode: 'auto' | 'ask' | 'paused' | 'blocked' }
  | { readonly kind: 'revoke'; readonly site: number; readonly all: boolean }
  | { readonly kind: 'limits'; readonly perDay: number; readonly perRequest: number }
  | { readonly kind: 'freeze'; readonly on: boolean }
  | { readonly kind: 'lock'; readonly on: boolean }

export interface Batch {
  /** Started at once, in this order. */
  readonly steps: readonly Step[]
  /** Before them, in ms. */
  readonly passes: number
  /** Which request of the batch dies, counted from 1; the instance is then dropped. null: none. */
  readonly crash: { readonly at: number; readonly kind: 'abort' | 'quota' } | null
  /** Only in runs that travel: the clock is set by so much, and the zone is this one. */
  readonly jumps: number
  readonly zone: string
}

export interface Run {
  readonly startMs: number
  readonly zone: string
  readonly travels: boolean
  readonly batches: readonly Batch[]
}

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'] as const
const HOUR = 3_600_000
const DAY = 24 * HOUR

const site = fc.integer({ min: 0, max: 1 })
const some = fc.nat({ max: 30 })
const rarely = fc.nat({ max: 3 }).map((draw) => draw === 0)
/** Round ones, so that caps are often met to the unit, and one more. */
const amount = fc.constantFrom(1, 5, 10, 11, 15, 20, 30, 40)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('reserve' as const),
      site,
      amount,
      spare: fc.integer({ min: 0, max: 20 }),
      outside: fc.boolean(),
      // Mostly none, so that budgets fill.
      yes: fc.option(fc.integer({ min: 1, max: 80 }), { freq: 3 }),
      sameKey: fc.nat({ max: 9 }).map((draw) => draw === 0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('open' as const), site, cap: amount, held: amount }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('join' as const), site, session: some, held: amount }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const), request: some, amount }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('present' as const),
      payment: some,
      raise: fc.constantFrom(0, 0, 0, 1, 5, 10, 20),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      payment: some,
      by: fc.constantFrom('gateway' as const, 'chain' as const),
      share: fc.integer({ min: 0, max: 100 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('release' as const), payment: some }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('settleRequest' as const),
      request: some,
      // Of what it holds, in per cent: a gateway may say anything.
      share: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 101, max: 100_000 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('releaseRequest' as const), request: some }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('budget' as const),
      site,
      cap: fc.constantFrom(10, 20, 30, 40, 50, 60, 75, 100, 150),
      period: fc.constantFrom(...PERIODS),
      isEdit: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('mode' as const),
      site,
      mode: fc.constantFrom(
        'auto' as const,
        'auto' as const,
        'ask' as const,
        'paused' as const,
        'blocked' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('revoke' as const), site, all: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('limits' as const),
      perDay: fc.constantFrom(20, 50, 75, 100, 200),
      perRequest: fc.integer({ min: 20, max: 100 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('freeze' as const), on: rarely }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lock' as const), on: rarely }) },
)

const batch: fc.Arbitrary<Batch> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 4, size: 'max' }),
  passes: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 60_000 }) },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 2 * HOUR }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 * DAY }) },
  ),
  crash: fc.option(
    fc.record({
      at: fc.integer({ min: 1, max: 25 }),
      kind: fc.constantFrom('abort' as const, 'quota' as const),
    }),
    { freq: 4 },
  ),
  jumps: fc.oneof(
    fc.constant(0),
    fc.integer({ min: -2 * DAY, max: 2 * DAY }),
    fc.integer({ min: -400 * DAY, max: 400 * DAY }),
  ),
  zone: fc.constantFrom(...ZONES),
})

/** Runs begin at any hour around two changes of the clock, or anywhere in a year. */
export const runs: fc.Arbitrary<Run> = fc.record({
  startMs: fc.oneof(
    fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) }),
    fc.integer({ min: Date.UTC(2026, 2, 28), max: Date.UTC(2026, 2, 30) }),
    fc.integer({ min: Date.UTC(2026, 9, 24), max: Date.UTC(2026, 9, 26) }),
  ),
  zone: fc.constantFrom(...ZONES),
  travels: fc.boolean(),
  batches: fc.array(batch, { minLength: 1, maxLength: 5, size: 'max' }),
})
