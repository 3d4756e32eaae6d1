/** Lying and failing sellers: at most one transfer per request, and the ledger ends right. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { anyPorts } from '../lab/fault-bench.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { createHarness, type Harness, type Outcome } from './harness.ts'

const BASE = 'eip155:8453'
const USDC = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'

let lab: Lab
let harness: Harness
let prompts = 0

beforeAll(async () => {
  lab = await startLab({ ports: anyPorts })
  harness = await createHarness({ lab, evmKey: lab.info.accounts.evm.privateKey as `0x${string}` })
  await harness.answer(harness.makeAsk({ model: 'ambient/large' }))
  await harness.grant()
})
afterAll(() => lab?.stop())
beforeEach(() => fetch(`${lab.info.urls.control}/faults`, { method: 'DELETE' }))

const balance = () => lab.chain(BASE).balanceOf(harness.account.address, USDC)
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function fault(name: string, params: Record<string, unknown> = {}) {
  const response = await fetch(`${lab.info.urls.control}/faults`, {
    method: 'POST',
    body: JSON.stringify({ gateway: 'jumpgate', fault: name, count: 1, ...params }),
  })
  if (!response.ok) throw new Error(await response.text())
}

function ask(given: Parameters<Harness['makeAsk']>[1] = {}) {
  const body = { model: 'ambient/large', messages: [{ role: 'user', content: `echo: number ${++prompts}` }] }
  return harness.makeAsk(body, { active: false, ...given })
}

/** Looks at the chain until the payment has ended or the rounds are over. */
async function endOf(outcome: Outcome, rounds = 20) {
  const id = outcome.row?.payment.id ?? ''
  for (let round = 0; round < rounds; round++) {
    await harness.inference.reconcile()
    const payment = await harness.ledger.getPayment(id)
    if (payment?.settledBy === 'chain' || payment?.state === 'released') return payment
    await sleep(500)
  }
  return harness.ledger.getPayment(id)
}

describe('settled, but no answer', () => {
  it.each([
    ['the connection drops', 'settle-then-drop', {}],
    ['a 500 follows', 'settle-then-500', {}],
    ['the same 402 follows', 'settle-then-402', { offer: 'same' }],
    ['a 402 with another amount follows', 'settle-then-402', { offer: 'other-amount' }],
    ['a 402 with another payee follows', 'settle-then-402', { offer: 'other-payee' }],
  ])('%s: one transfer, and the person reads that money may have moved', async (_name, name, params) => {
    const before = await balance()
    await fault(name, params)
    const outcome = await harness.answer(ask())
    expect(outcome.error?.type).toBe('paid_no_answer')
    expect(outcome.error?.charged).toBe('maybe')
    const payment = await endOf(outcome)
    expect(payment).toMatchObject({ state: 'settled', settledBy: 'chain' })
    expect(before - (await balance())).toBe(payment?.charged)
  })

  it('ten fast retries with the same key pay once', async () => {
    const before = await balance()
    const idempotencyKey = 'retries'
    const first = ask({ idempotencyKey })
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => harness.answer(first)))
    expect(new Set(outcomes.map(({ row }) => row?.payment.id)).size).toBe(1)
    expect(outcomes.every(({ error }) => error === null)).toBe(true)
    expect(before - (await balance())).toBe(outcomes[0]?.row?.payment.charged)
  })

  it('a retry after a paid failure does not pay again', async () => {
    const before = await balance()
    await fault('settle-then-500')
    const first = ask({ idempotencyKey: 'after failure' })
    const failed = await harness.answer(first)
    const again = await harness.answer(first)
    expect(again.error?.type).toBe('paid_no_answer')
    expect(again.row?.payment.id).toBe(failed.row?.payment.id)
    const payment = await endOf(failed)
    expect(before - (await balance())).toBe(payment?.charged)
  })

  it('the same key with another body is a conflict', async () => {
    await harness.answer(ask({ idempotencyKey: 'conflict' }))
    const outcome = await harness.answer(ask({ idempotencyKey: 'conflict' }))
    expect(outcome.error?.type).toBe('idempotency_conflict')
  })
})

describe('a failure before anything was signed', () => {
  it('needs no second yes when the page tries again', async () => {
    const fresh = await createHarness({ lab, evmKey: lab.info.accounts.evm.privateKey as `0x${string}` })
    const body = { model: 'ambient/large', messages: [{ role: 'user', content: 'echo: once more' }] }
    const evmSigner = fresh.deps.wallet.evmSigner
    let failures = 0
    Object.assign(fresh.deps.wallet, {
      evmSigner: () => {
        if (failures++ === 0) throw new Error('the key table is not ready')
        return evmSigner()
      },
    })
    const ask = () => fresh.makeAsk(body, { idempotencyKey: 'again', active: failures === 0 })
    const failed = await fresh.answer(ask())
    expect(failed.error?.charged).toBe('no')
    const again = await fresh.answer(ask())
    expect(again.error).toBeNull()
    expect(fresh.asked).toHaveLength(1)
  })
})

describe('one yes', () => {
  /** A person who answers every question with yes, and a site without a budget. */
  async function open() {
    const fresh = await createHarness({ lab, evmKey: lab.info.accounts.evm.privateKey as `0x${string}` })
    const body = { model: 'ambient/large', messages: [{ role: 'user', content: 'echo: one yes' }] }
    const paid = async () => (await fresh.ledger.history({}, { limit: 200 })).rows.length
    return { ...fresh, body, paid }
  }

  it('pays for its own request, not for thirty more with its body that are fired before the answer', async () => {
    const { answer, makeAsk, body, ledger, asked, paid } = await open()
    let more: Promise<readonly Outcome[]> | undefined
    ledger.onChange(({ kind }) => {
      if (kind !== 'payment') return
      more ??= Promise.all(Array.from({ length: 30 }, () => answer(makeAsk(body, { active: false }))))
    })
    const first = await answer(makeAsk(body))
    expect(first.error).toBeNull()
    const types = new Set((await more)?.map(({ error }) => error?.type))
    expect([...types]).toEqual(['activation_required'])
    expect(asked).toHaveLength(1)
    expect(await paid()).toBe(1)
  })

  it('is handed on, where nothing was signed, to one retry under a new key', async () => {
    const fresh = await open()
    const { evmSigner } = fresh.deps.wallet
    let failures = 0
    Object.assign(fresh.deps.wallet, {
      evmSigner: () => {
        if (failures++ === 0) throw new Error('the key table is not ready')
        return evmSigner()
      },
    })
    expect((await fresh.answer(fresh.makeAsk(fresh.body))).error?.charged).toBe('no')
    const retries = await Promise.all(
      Array.from({ length: 10 }, () => fresh.answer(fresh.makeAsk(fresh.body, { active: false }))),
    )
    expect(retries.filter(({ error }) => error === null)).toHaveLength(1)
    expect(fresh.asked).toHaveLength(1)
  })
})

describe('what a gateway says', () => {
  it.each(['made-up', 'other-tx', 'other-payee'])('a receipt that is %s is never confirmed', async (kind) => {
    const before = await balance()
    await fault('fake-receipt', { kind })
    const outcome = await harness.answer(ask())
    expect(outcome.row?.payment).toMatchObject({ state: 'settled', settledBy: 'gateway' })
    await sleep(4_500)
    await harness.inference.reconcile()
    const payment = await harness.ledger.getPayment(outcome.row?.payment.id ?? '')
    expect(payment?.settledBy).not.toBe('chain')
    expect(await balance()).toBe(before)
  })

  it('an authorization that is never settled stays on hold, and is released after its window', async () => {
    const before = await balance()
    await fault('no-settle')
    const outcome = await harness.answer(ask())
    expect(outcome.row?.payment.state).toBe('presented')
    await sleep(4_500)
    await harness.inference.reconcile()
    expect(await harness.ledger.getPayment(outcome.row?.payment.id ?? '')).toMatchObject({
      state: 'presented',
    })
    const warp = { network: BASE, seconds: 400 }
    await fetch(`${lab.info.urls.control}/warp`, { method: 'POST', body: JSON.stringify(warp) })
    await sleep(6_500)
    const payment = await endOf(outcome)
    expect(payment?.state).toBe('released')
    expect(await balance()).toBe(before)
  })
})

describe('the freeze switch', () => {
  it('ends a request whose payment is not yet presented', async () => {
    const before = await balance()
    await harness.ledger.setFrozen(true)
    const outcome = await harness.answer(ask())
    await harness.ledger.setFrozen(false)
    expect(outcome.error?.type).toBe('locked')
    expect(await balance()).toBe(before)
  })
})
