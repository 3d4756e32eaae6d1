import { describe, expect, it } from 'vitest'
import { isChatError } from '../../src/domain/errors.ts'
import { nextState, type PaymentEvent, type Standing, standingOf } from '../../src/domain/payment-state.ts'

const RESERVED: Standing = { kind: 'reserved' }
const PRESENTED: Standing = { kind: 'presented' }
const BY_GATEWAY: Standing = { kind: 'settled', by: 'gateway' }
const BY_CHAIN: Standing = { kind: 'settled', by: 'chain' }
const RELEASED: Standing = { kind: 'released' }

const present: PaymentEvent = { kind: 'present' }
const gateway: PaymentEvent = { kind: 'settle', by: 'gateway' }
const chain: PaymentEvent = { kind: 'settle', by: 'chain' }
const release: PaymentEvent = { kind: 'release' }

describe('nextState', () => {
  // docs/PAYMENTS.md: every state with every event; null is impossible.
  it.each<[Standing, PaymentEvent, Standing | null]>([
    [RESERVED, present, PRESENTED],
    [RESERVED, gateway, null],
    [RESERVED, chain, null],
    [RESERVED, release, RELEASED],
    [PRESENTED, present, PRESENTED],
    [PRESENTED, gateway, BY_GATEWAY],
    [PRESENTED, chain, BY_CHAIN],
    [PRESENTED, release, RELEASED],
    [BY_GATEWAY, present, null],
    [BY_GATEWAY, gateway, BY_GATEWAY],
    [BY_GATEWAY, chain, BY_CHAIN],
    [BY_GATEWAY, release, RELEASED],
    [BY_CHAIN, present, null],
    [BY_CHAIN, gateway, BY_CHAIN],
    [BY_CHAIN, chain, BY_CHAIN],
    [BY_CHAIN, release, null],
    [RELEASED, present, null],
    [RELEASED, gateway, RELEASED],
    [RELEASED, chain, BY_CHAIN],
    [RELEASED, release, RELEASED],
  ])('%o on %o gives %o', (state, event, expected) => {
    if (expected !== null) {
      expect(nextState(state, event)).toEqual(expected)
      return
    }
    expect(() => nextState(state, event)).toThrow(
      expect.toSatisfy((error) => isChatError(error) && error.reason === 'ledger-failed'),
    )
  })
})

describe('standingOf', () => {
  it('says by whose word a payment is settled', () => {
    expect(standingOf({ state: 'settled', settledBy: 'gateway' })).toEqual(BY_GATEWAY)
    expect(standingOf({ state: 'presented', settledBy: null })).toEqual(PRESENTED)
  })

  it('refuses a payment that nobody settled', () => {
    expect(() => standingOf({ state: 'settled', settledBy: null })).toThrow('ledger-failed')
  })
})
