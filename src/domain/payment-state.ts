import { ChatError } from './errors.ts'
import type { PaymentState, SettledBy } from './payment.ts'

/** Where a payment stands; a settled one says by whose word. */
export type Standing =
  | { readonly kind: 'reserved' }
  | { readonly kind: 'presented' }
  | { readonly kind: 'settled'; readonly by: SettledBy }
  | { readonly kind: 'released' }

/** What may happen to a payment. `release` of a presented one means that proof is at hand. */
export type PaymentEvent =
  | { readonly kind: 'present' }
  | { readonly kind: 'settle'; readonly by: SettledBy }
  | { readonly kind: 'release' }

/**
 * The state that an event leads to. Events repeat (a worker dies and asks again), so the same word twice changes
 * nothing; the chain's word overrides the gateway's, and a release, since what the chain shows has happened.
 * Throws ChatError 'ledger-failed' for what cannot be.
 */
export function nextState(state: Standing, event: PaymentEvent): Standing {
  switch (state.kind) {
    case 'reserved':
      return afterReserved(event)
    case 'presented':
      return afterPresented(event)
    case 'settled':
      return afterSettled(state.by, event)
    case 'released':
      return afterReleased(event)
  }
}

/** The standing of a stored payment. */
export function standingOf(payment: {
  readonly state: PaymentState
  readonly settledBy: SettledBy | null
}): Standing {
  if (payment.state !== 'settled') return { kind: payment.state }
  if (payment.settledBy === null) return impossible(payment.state, 'settled by nobody')
  return { kind: 'settled', by: payment.settledBy }
}

function afterReserved(event: PaymentEvent): Standing {
  switch (event.kind) {
    case 'present':
      return { kind: 'presented' }
    case 'release':
      return { kind: 'released' }
    case 'settle':
      return impossible('reserved', event.kind)
  }
}

function afterPresented(event: PaymentEvent): Standing {
  switch (event.kind) {
    case 'present':
      return { kind: 'presented' }
    case 'settle':
      return { kind: 'settled', by: event.by }
    case 'release':
      return { kind: 'released' }
  }
}

function afterSettled(by: SettledBy, event: PaymentEvent): Standing {
  switch (event.kind) {
    case 'settle':
      return { kind: 'settled', by: by === 'chain' ? 'chain' : event.by }
    case 'release':
      return by === 'gateway' ? { kind: 'released' } : impossible('settled by the chain', event.kind)
    case 'present':
      return impossible('settled', event.kind)
  }
}

function afterReleased(event: PaymentEvent): Standing {
  switch (event.kind) {
    case 'release':
      return { kind: 'released' }
    case 'settle':
      return event.by === 'chain' ? { kind: 'settled', by: 'chain' } : { kind: 'released' }
    case 'present':
      return impossible('released', event.kind)
  }
}

function impossible(state: string, event: string): never {
  throw new ChatError('ledger-failed', { state, event })
}
