import { deleteDB } from 'idb'
import { expect } from 'vitest'
import { type AtomicAmount, toAtomic } from '../../src/domain/amount.ts'
import type { Period } from '../../src/domain/budget.ts'
import { isChatError } from '../../src/domain/errors.ts'
import { hourBounds } from '../../src/domain/period.ts'
import type { Ledger, Reservation } from '../../src/ledger/ledger.ts'
import { auditDatabase } from './audit.ts'
import {
  currencyOf,
  type Model,
  type ModelCurrency,
  type ModelPayment,
  type ModelRequest,
  makeModel,
  modelPresent,
  modelRelease,
  modelReleaseRequest,
  modelReserve,
  modelSettle,
  modelSettleRequest,
  usedOf,
  usedToday,
  type Wish,
} from './ledger-model.ts'
import type { Batch, Run, Step } from './ledger-steps.ts'
import { withFault } from './make-faults.ts'
import {
  FAR,
  makeApproval,
  makeAttempt,
  makeLedger,
  makeReservation,
  makeSession,
  OPG_BASE,
  OTHER,
  SITE,
  type TestLedger,
  USDC_BASE,
} from './make-ledger.ts'

const SITES = [SITE, OTHER] as const
const CURRENCIES: readonly ModelCurrency[] = ['USDC', 'OPG']

const siteOf = (index: number) => (index === 0 ? SITE : OTHER)
const units = (count: number | bigint): AtomicAmount => toAtomic(BigInt(count))

/** What the ledger answered, in one word, with the budget that it names. */
interface Answer {
  readonly said: string
  readonly budget?: string | null
}

/** A step as it is played: what the ledger is asked, and what the model says to it. */
interface Move {
  /** The request whose budget is to be looked up afterwards, where the move may have changed it. */
  readonly opener?: string
  readonly ask: () => Promise<Answer>
  readonly tell: (answer: Answer) => string
}

const SKIP: Move = { ask: async () => ({ said: 'skip' }), tell: () => 'skip' }
/** Nothing of these was written; in a batch with a fault it may as well have been the fault. */
const FAILED = 'impossible'

/** Plays one run on a ledger and on the model side by side, and compares them after every batch. */
export async function playRun(run: Run): Promise<void> {
  process.env.TZ = run.zone
  const test = await makeLedger({ atMs: run.startMs, limits: limitsOf(300, 100) })
  const { revision } = await test.ledger.getGuards()
  const table = new Table(test, makeModel(run.startMs, revision), run.travels)
  try {
    for (const steps of [FIRST, SECOND]) {
      await table.play({ steps, passes: 0, crash: null, jumps: 0, zone: run.zone })
    }
    for (const batch of run.batches) {
      // A request that is paid for anew is looked up first, so it may be overtaken: it goes alone.
      const alone = batch.steps.filter((step) => step.kind === 'again')
      await table.play({ ...batch, steps: batch.steps.filter((step) => step.kind !== 'again') })
      for (const step of alone) await table.play({ ...batch, steps: [step], passes: 0, jumps: 0 })
    }
    expect(await auditDatabase(test.name)).toEqual([])
  } finally {
    await deleteDB(test.name)
  }
}

const FIRST: readonly Step[] = [
  { kind: 'budget', site: 0, cap: 45, period: 'day', isEdit: false },
  { kind: 'budget', site: 1, cap: 35, period: 'week', isEdit: false },
  // A cap that divides by three is in OPG.
  { kind: 'budget', site: 0, cap: 60, period: 'day', isEdit: false },
]

/** With the revisions of the grants in hand. */
const SECOND: readonly Step[] = [
  { kind: 'reserve', site: 0, amount: 30, spare: 10, outside: false, yes: null, sameKey: false },
  { kind: 'reserve', site: 1, amount: 20, spare: 0, outside: true, yes: 25, sameKey: false },
  { kind: 'open', site: 0, cap: 40, held: 10 },
]

function limitsOf(perDay: number, perRequest: number) {
  const limit = { enabled: true, maxPerRequest: units(perRequest), perDay: units(perDay) }
  return { USDC: limit, OPG: limit, tUSDC: limit, tOPG: limit }
}

class Table {
  private ledger: Ledger
  private serial = 0

  constructor(
    private readonly test: TestLedger,
    private readonly model: Model,
    private readonly travels: boolean,
  ) {
    this.ledger = test.ledger
  }

  async play(batch: Batch): Promise<void> {
    this.moveClock(batch)
    const moves = batch.steps.map((step) => this.moveOf(step))
    const { value: answers } = await withFault(batch.crash, () => Promise.all(moves.map(answerOf)))
    const played = await Promise.all(
      moves.map(async (move, index) => ({ move, answer: await this.withBudget(move, answers[index]) })),
    )
    // Whoever found the key taken looked again, after the others.
    const inOrder = [
      ...played.filter(({ answer }) => answer.said !== 'exists'),
      ...played.filter(({ answer }) => answer.said === 'exists'),
    ]
    for (const { move, answer } of inOrder) {
      if (batch.crash !== null && answer.said === FAILED) continue
      this.compare(move, answer)
    }
    if (batch.crash !== null) this.ledger = this.test.reopen()
    await this.check()
  }

  /** Looked up only where it may differ, and after any fault. */
  private async withBudget(move: Move, answer: Answer = { said: FAILED }): Promise<Answer> {
    if (!this.travels || move.opener === undefined) return answer
    const row = await this.ledger.getRequest(move.opener)
    return { ...answer, budget: row?.request.budgetId ?? null }
  }

  private moveClock(batch: Batch): void {
    this.model.nowMs += batch.passes + (this.travels ? batch.jumps : 0)
    if (this.travels) process.env.TZ = batch.zone
    this.test.clock.set(this.model.nowMs)
  }

  /** Where the clock and the zone only go their way, ledger and model say the same; else the ledger may be stricter. */
  private compare(move: Move, answer: Answer): void {
    const isStricter = answer.said === 'over-budget' || answer.said === 'over-limit-day'
    if (!this.travels || !isStricter) {
      expect(answer.said).toBe(move.tell(answer))
      return
    }
    const kept = structuredClone({
      payments: this.model.payments,
      requests: this.model.requests,
    })
    const expected = move.tell(answer)
    if (expected === answer.said) return
    expect(['reserved', 'presented', 'over-budget', 'over-limit-day', 'over-approved']).toContain(expected)
    replace(this.model.payments, kept.payments)
    replace(this.model.requests, kept.requests)
    // What was refused and never left is released.
    for (const payment of this.model.payments.values()) {
      if (payment.id === this.refused && payment.state === 'reserved') modelRelease(this.model, payment.id)
    }
  }

  /** The payment that the latest told move was about. */
  private refused: string | null = null

  /** Nothing that the ledger has left to spend is more than there is. */
  private async check(): Promise<void> {
    const { model } = this
    for (const [index, site] of SITES.entries()) {
      for (const currency of CURRENCIES) {
        if (currency === 'OPG' && !this.hasSessions()) continue
        const view = await this.ledger.view(site, currency)
        expect(view.guards.revision).toBe(model.revision)
        const grant = model.grants.get(index)
        expect(view.grant?.revision ?? null).toBe(grant?.revision ?? null)
        const budget = grant?.budgets[currency]
        const used = budget === undefined ? 0n : usedOf(model, budget)
        this.expectUse(view.period.settled + view.period.live, used)
        this.expectUse(view.today.settled + view.today.live, usedToday(model, currency))
      }
    }
  }

  private hasSessions(): boolean {
    return [...this.model.payments.values()].some((payment) => payment.scheme === 'upto')
  }

  private expectUse(counted: bigint, used: bigint): void {
    if (this.travels) expect(counted).toBeGreaterThanOrEqual(used)
    else expect(counted).toBe(used)
  }

  private moveOf(step: Step): Move {
    switch (step.kind) {
      case 'reserve':
        return this.reserve(step)
      case 'open':
        return this.open(step)
      case 'join':
        return this.join(step)
      case 'again':
        return this.again(step)
      case 'present':
        return this.present(step)
      case 'settle':
        return this.settle(step)
      case 'release':
        return this.onPayment(
          step.payment,
          () => true,
          (payment) => ({
            ask: () => word(this.ledger.release(payment.id)),
            tell: () => modelRelease(this.model, payment.id),
          }),
        )
      case 'settleRequest':
        return this.onRequest(step.request, this.isInSession, (request) => {
          const cost = (request.held * BigInt(step.share)) / 100n
          return {
            ask: () => word(this.ledger.settleRequest(request.id, units(cost))),
            tell: () => modelSettleRequest(this.model, request.id, cost),
          }
        })
      case 'releaseRequest':
        return this.onRequest(step.request, this.isInSession, (request) => ({
          ask: () => word(this.ledger.releaseRequest(request.id)),
          tell: () => modelReleaseRequest(this.model, request.id),
        }))
      case 'budget':
        return this.budget(step)
      case 'mode':
        return this.edit(
          () => this.ledger.setMode(siteOf(step.site), step.mode),
          () => {
            this.grantOf(step.site).mode = step.mode
          },
        )
      case 'revoke':
        return this.revoke(step)
      case 'limits':
        return this.edit(
          () => this.ledger.setLimits(limitsOf(step.perDay, step.perRequest)),
          () => {
            this.model.perDay = BigInt(step.perDay)
            this.model.perRequest = BigInt(step.perRequest)
          },
        )
      case 'freeze':
        return this.edit(
          () => this.ledger.setFrozen(step.on),
          () => {
            this.model.frozen = step.on
          },
        )
      case 'lock':
        return this.guard(
          () => this.ledger.setUnlockedUntil(step.on ? 0 : FAR),
          () => {
            const isSaidAgain = this.model.locked === step.on
            this.model.locked = step.on
            return isSaidAgain ? 'unchanged' : 'changed'
          },
        )
    }
  }

  private reserve(step: Extract<Step, { kind: 'reserve' }>): Move {
    const known = [...this.model.requests.values()].find(({ site }) => site === step.site)
    const id = this.nextId()
    return this.reserveMove({
      id,
      key: step.sameKey && known !== undefined ? known.key : id,
      site: step.site,
      scheme: 'exact',
      signs: BigInt(step.amount),
      held: BigInt(step.amount),
      max: BigInt(step.amount + step.spare),
      outside: step.outside && step.yes !== null,
      yes: step.yes === null ? null : BigInt(step.yes),
    })
  }

  private open(step: Extract<Step, { kind: 'open' }>): Move {
    const id = this.nextId()
    const held = BigInt(Math.min(step.cap, step.held))
    const signs = BigInt(step.cap)
    return this.reserveMove({
      ...{ id, key: id, site: step.site, scheme: 'upto', signs, held, max: signs, outside: false },
      yes: step.held > step.cap ? signs : null,
    })
  }

  private again(step: Extract<Step, { kind: 'again' }>): Move {
    return this.onRequest(
      step.request,
      ({ released }) => released,
      ({ id, key, site }) => {
        const amount = BigInt(step.amount)
        const figures = { signs: amount, held: amount, max: amount, outside: false, yes: null } as const
        return this.reserveMove({ id, key, site, scheme: 'exact', ...figures })
      },
    )
  }

  private reserveMove(figures: Omit<Wish, 'paymentId' | 'revision' | 'session'>): Move {
    const revision = this.model.grants.get(figures.site)?.revision ?? null
    const reservation = reservationOf(figures, revision)
    const wish: Wish = { ...figures, paymentId: reservation.payment.id, revision, session: null }
    return {
      ask: () => reserved(this.ledger.reserve(reservation)),
      tell: (answer) => this.tellReserve(wish, answer),
    }
  }

  private join(step: Extract<Step, { kind: 'join' }>): Move {
    const sessions = [...this.model.payments.values()].filter((payment) => payment.scheme === 'upto')
    const session = sessions[step.session % Math.max(sessions.length, 1)]
    if (session === undefined) return SKIP
    const id = this.nextId()
    const revision = this.model.grants.get(step.site)?.revision ?? null
    const held = BigInt(step.held)
    const figures = { signs: 0n, held, max: held, outside: false, yes: null } as const
    const wish: Wish = {
      ...{ id, key: id, site: step.site, scheme: 'upto', ...figures, revision },
      paymentId: session.id,
      session: session.id,
    }
    const { payment: _payment, ...rest } = reservationOf(wish, revision)
    return {
      ask: () => reserved(this.ledger.reserveInSession({ ...rest, paymentId: session.id })),
      tell: (answer) => this.tellReserve(wish, answer),
    }
  }

  /** In runs that travel the ledger may see less room in a budget, and so book outside of it what a yes covers. */
  private tellReserve(wish: Wish, answer: Answer): string {
    this.refused = null
    const said = modelReserve(this.model, wish)
    const request = this.model.requests.get(wish.id)
    if (said !== 'reserved' || request === undefined || answer.said !== 'reserved') return said
    if (this.travels && answer.budget === null && wish.yes !== null) request.budget = null
    expect(answer.budget).toBe(request.budget)
    return said
  }

  private present(step: Extract<Step, { kind: 'present' }>): Move {
    const canGo = ({ state }: ModelPayment) => state === 'reserved' || state === 'presented'
    return this.onPayment(step.payment, canGo, (payment) => {
      const isSameHour = hourBounds(payment.atMs).startMs === hourBounds(this.model.nowMs).startMs
      const amount = payment.maximum + (isSameHour ? BigInt(step.raise) : 0n)
      return {
        ask: async () => {
          const result = await this.ledger.present(payment.id, makeAttempt(units(amount)))
          if (result.kind === 'refused') return { said: result.reason }
          return { said: 'presented' }
        },
        opener: payment.opener,
        tell: (answer) => {
          this.refused = payment.id
          const said = modelPresent(this.model, payment.id, amount)
          const request = this.model.requests.get(payment.opener)
          if (this.travels && answer.said === 'presented' && answer.budget === null && request?.yes != null) {
            request.budget = null
          }
          return said
        },
      }
    })
  }

  private settle(step: Extract<Step, { kind: 'settle' }>): Move {
    const isSent = (payment: ModelPayment) => payment.state !== 'reserved'
    return this.onPayment(step.payment, isSent, (payment) => {
      const charged = (payment.maximum * BigInt(step.share)) / 100n
      const facts = { charged: units(charged), transaction: null }
      return {
        ask: () => word(this.ledger.settle(payment.id, step.by, facts)),
        tell: () => modelSettle(this.model, payment.id, step.by, charged),
      }
    })
  }

  private budget(step: Extract<Step, { kind: 'budget' }>): Move {
    const currency: ModelCurrency = step.cap % 3 === 0 ? 'OPG' : 'USDC'
    const id = step.isEdit ? this.model.grants.get(step.site)?.budgets[currency]?.id : undefined
    const cap = units(step.cap)
    const figures = { currency, cap, period: step.period, maxPerRequest: units(1000) }
    return {
      ask: async () => {
        const budget = { ...figures, models: 'all', expiresAtMs: null } as const
        const grant = await this.ledger.putBudget(
          siteOf(step.site),
          id === undefined ? budget : { ...budget, id },
        )
        return { said: 'edited', budget: grant.budgets[currency]?.id ?? null }
      },
      tell: (answer) =>
        this.tellBudget(step, { currency, id, period: step.period, budget: answer.budget ?? null }),
    }
  }

  private tellBudget(
    step: Extract<Step, { kind: 'budget' }>,
    made: { currency: ModelCurrency; id: string | undefined; period: Period; budget: string | null },
  ): string {
    const current = this.model.grants.get(step.site)?.budgets[made.currency]
    if (made.id !== undefined && current?.id !== made.id) return 'grant-changed'
    const id = made.id ?? made.budget ?? 'none'
    this.grantOf(step.site).budgets[made.currency] = { id, cap: BigInt(step.cap), period: made.period }
    return this.edited(step.site)
  }

  private revoke(step: Extract<Step, { kind: 'revoke' }>): Move {
    const ask = step.all
      ? () => word(this.ledger.revoke(siteOf(step.site)))
      : () => word(this.ledger.revoke(siteOf(step.site), 'USDC'))
    const tell = () => {
      const grant = this.model.grants.get(step.site)
      if (grant === undefined) return 'done'
      this.edited(step.site)
      if (step.all) this.model.grants.delete(step.site)
      else delete grant.budgets.USDC
      return 'done'
    }
    return { ask, tell }
  }

  private edit(ask: () => Promise<{ revision: number }>, change: () => void): Move {
    return this.guard(ask, () => {
      change()
      return 'changed'
    })
  }

  /** A deadline that is said again takes no revision; everything else does. */
  private guard(ask: () => Promise<{ revision: number }>, change: () => 'changed' | 'unchanged'): Move {
    return {
      ask: async () => ({ said: `revision ${(await ask()).revision}` }),
      tell: () => {
        if (change() === 'unchanged') return `revision ${this.model.revision}`
        this.model.revision += 1
        for (const grant of this.model.grants.values())
          if (grant.revision < 0) grant.revision = this.model.revision
        return `revision ${this.model.revision}`
      },
    }
  }

  /** The grant of a site, made where there is none; its revision is set by whoever finishes the edit. */
  private grantOf(site: number) {
    const grant = this.model.grants.get(site) ?? { mode: 'auto' as const, revision: -1, budgets: {} }
    grant.revision = -1
    this.model.grants.set(site, grant)
    return grant
  }

  private edited(site: number): string {
    this.model.revision += 1
    const grant = this.model.grants.get(site)
    if (grant !== undefined) grant.revision = this.model.revision
    return 'edited'
  }

  /** Of those that are meant, or of all where there are none: what is impossible is tried too. */
  private onPayment(
    index: number,
    isMeant: (payment: ModelPayment) => boolean,
    make: (payment: ModelPayment) => Move,
  ): Move {
    const every = [...this.model.payments.values()]
    const meant = every.filter(isMeant)
    const all = meant.length > 0 ? meant : every
    const payment = all[index % Math.max(all.length, 1)]
    return payment === undefined ? SKIP : make(payment)
  }

  private onRequest(
    index: number,
    isMeant: (request: ModelRequest) => boolean,
    make: (request: ModelRequest) => Move,
  ): Move {
    const every = [...this.model.requests.values()]
    const meant = every.filter(isMeant)
    const all = meant.length > 0 ? meant : every
    const request = all[index % Math.max(all.length, 1)]
    return request === undefined ? SKIP : make(request)
  }

  private readonly isInSession = (request: ModelRequest): boolean => {
    const payment = this.model.payments.get(request.payment)
    return payment?.scheme === 'upto' && payment.state !== 'reserved'
  }

  private nextId(): string {
    this.serial += 1
    return `r${String(this.serial).padStart(4, '0')}`
  }
}

function reservationOf(
  wish: Omit<Wish, 'paymentId' | 'revision' | 'session'>,
  revision: number | null,
): Reservation {
  const overrides = {
    id: wish.id,
    key: wish.key,
    principal: siteOf(wish.site),
    amount: units(wish.held),
    max: units(wish.max),
    booking: wish.outside ? 'outside' : 'budget',
    grantRevision: revision,
    approval:
      wish.yes === null
        ? null
        : makeApproval(units(wish.yes), {
            untilMs: FAR,
            asset: currencyOf(wish.scheme) === 'USDC' ? USDC_BASE : OPG_BASE,
          }),
  } as const
  return wish.scheme === 'exact'
    ? makeReservation(overrides)
    : makeSession({ ...overrides, cap: units(wish.signs) })
}

async function reserved(result: ReturnType<Ledger['reserveInSession']>): Promise<Answer> {
  const said = await result
  if (said.kind === 'refused') return { said: said.reason }
  return said.kind === 'reserved' ? { said: said.kind, budget: said.request.budgetId } : { said: said.kind }
}

async function word(result: Promise<unknown>): Promise<Answer> {
  await result
  return { said: 'done' }
}

async function answerOf(move: Move): Promise<Answer> {
  try {
    return await move.ask()
  } catch (error) {
    if (!isChatError(error)) throw error
    return { said: error.reason === 'ledger-failed' ? FAILED : error.reason }
  }
}

function replace<Key, Value>(target: Map<Key, Value>, source: ReadonlyMap<Key, Value>): void {
  target.clear()
  for (const [key, value] of source) target.set(key, value)
}
