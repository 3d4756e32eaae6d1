import { describe, expect, it } from 'vitest'
import { createSessionBook } from './session-book.ts'
import type { UptoPayment } from './upto-payment.ts'

const payer = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
const route = { method: 'POST', path: '/v1/chat/completions' }

function payment(deadline: number): UptoPayment {
  const witness = { to: payer, validAfter: 0n } as const
  const permitted = { token: payer, amount: 100n } as const
  return {
    accepted: {
      ...{ scheme: 'upto', network: 'eip155:8453', asset: payer, amount: '100' },
      ...{ payTo: payer, maxTimeoutSeconds: 600, extra: {} },
    },
    signature: '0x01',
    authorization: { from: payer, permitted, spender: payer, nonce: 1n, deadline: BigInt(deadline), witness },
    raw: {},
  }
}

function makeBook() {
  const clock = { ms: 1_000_000 }
  const book = createSessionBook({
    nowMs: () => clock.ms,
    newId: () => 'id',
    idleMs: () => 60_000,
    marginSeconds: 60,
  })
  return { clock, book }
}

describe('a session', () => {
  it('is due when it was idle for a minute and something was drawn', () => {
    const { clock, book } = makeBook()
    const session = book.open(payment(1_600), route)
    clock.ms += 60_000
    expect(book.due()).toEqual([])
    book.charge(session, 1n)
    clock.ms += 59_999
    expect(book.due()).toEqual([])
    clock.ms += 1
    expect(book.due()).toEqual([session])
  })

  it('is not idle while an answer is running', () => {
    const { clock, book } = makeBook()
    const session = book.open(payment(1_600), route)
    book.charge(session, 1n)
    session.running = 1
    clock.ms += 120_000
    expect(book.due()).toEqual([])
    session.running = 0
    expect(book.due()).toEqual([session])
  })

  it('is due a minute before its deadline, and no longer usable', () => {
    const { clock, book } = makeBook()
    const session = book.open(payment(1_090), route)
    book.charge(session, 1n)
    clock.ms = 1_029_999
    expect(book.isUsable(session)).toBe(true)
    expect(book.due()).toEqual([])
    clock.ms = 1_030_000
    expect(book.isUsable(session)).toBe(false)
    expect(book.resume('id', route)).toBeNull()
    expect(book.due()).toEqual([session])
  })

  it('is exhausted exactly at its cap, and draws nothing beyond', () => {
    const { book } = makeBook()
    const session = book.open(payment(1_600), route)
    book.charge(session, 99n)
    expect(session.state.kind).toBe('open')
    book.charge(session, 5n)
    expect(session.state.kind).toBe('exhausted')
    expect(session.cost).toBe(100n)
    book.charge(session, 1n)
    expect(session.cost).toBe(100n)
    expect(book.due()).toEqual([session])
  })

  it('is admitted only while more than the margin is left', () => {
    const { book } = makeBook()
    expect(book.isAdmissible(payment(1_061))).toBe(true)
    expect(book.isAdmissible(payment(1_060))).toBe(false)
  })
})
