/** Payments as the ledger keeps them, for looking up. */
import { toAtomic } from '../../src/domain/amount.ts'
import { assetOf } from '../../src/domain/asset.ts'
import { BASE, SOLANA } from '../../src/domain/network.ts'
import type { Payment, SignedAttempt } from '../../src/domain/payment.ts'

export function makeAttempt(overrides: Partial<SignedAttempt>): SignedAttempt {
  return {
    amount: toAtomic(4_424n),
    payTo: '0x6992c688c56BE442EfE1E1cE7D5c95212ED7d59B',
    validBefore: null,
    lastValidBlockHeight: null,
    signature: '0x',
    payload: '',
    presentedAtMs: 0,
    ...overrides,
  }
}

type Kind = 'USDC on Base' | 'OPG on Base' | 'USDC on Solana'

const KINDS = {
  'USDC on Base': { scheme: 'exact', currency: 'USDC', network: BASE },
  'OPG on Base': { scheme: 'upto', currency: 'OPG', network: BASE },
  'USDC on Solana': { scheme: 'exact', currency: 'USDC', network: SOLANA },
} as const

/** A presented payment; account, nonce and attempts are the caller's. */
export function makePayment(
  kind: Kind,
  overrides: Pick<Payment, 'account' | 'nonce' | 'attempts' | 'reservedAtMs'> & Partial<Payment>,
): Payment {
  const { scheme, currency, network } = KINDS[kind]
  const asset = assetOf(currency, network)
  const [first] = overrides.attempts
  if (!asset) throw new Error(`no ${kind}`)
  return {
    id: 'payment-1',
    scheme,
    method: asset.method,
    network,
    asset: asset.address,
    currency,
    gatewayId: 'jumpgate',
    payTo: first?.payTo ?? '',
    maximum: overrides.attempts.reduce((most, { amount }) => (amount > most ? amount : most), toAtomic(0n)),
    state: 'presented',
    hourStartMs: 0,
    dayStartMs: 0,
    endedAtMs: null,
    charged: null,
    settledBy: null,
    transaction: null,
    check: null,
    principal: null,
    grantRevision: null,
    ...overrides,
  }
}
