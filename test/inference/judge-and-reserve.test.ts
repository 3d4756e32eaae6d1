import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import { assetOf } from '../../src/domain/asset.ts'
import { BASE } from '../../src/domain/network.ts'
import type { Call } from '../../src/inference/call.ts'
import type { ConsentDeps } from '../../src/inference/consent.ts'
import { judgeAndReserve } from '../../src/inference/judge.ts'
import { KeyTaken } from '../../src/inference/reservation.ts'
import type { Terms } from '../../src/inference/terms.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { grantUsdc, makeLedger, PAYEE, SITE } from '../ledger/make-ledger.ts'

const ADDRESSES = { evm: '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A', solana: null } as const
const AMOUNT = toAtomic(4_474n)

const TERMS = {
  quote: { expected: AMOUNT, max: AMOUNT },
  offer: { scheme: 'exact', asset: assetOf('USDC', BASE), payTo: PAYEE, amount: AMOUNT },
  payee: 'pinned',
} as unknown as Terms

let serial = 0

/** A ledger of which every other way to look or to hold is shut. */
async function makeDeps() {
  const { ledger } = await makeLedger()
  await grantUsdc(ledger, '1')
  const shut = () => Promise.reject(new Error('not in one transaction'))
  const deps = {
    ledger: { ...ledger, view: shut, reserve: shut } as Ledger,
    clock: { nowMs: () => Date.now() },
    clockCheck: { check: async () => 'right' },
    memory: { find: () => null },
    newId: () => `payment-${++serial}`,
    payments: { newNonce: () => `0x${(++serial).toString(16).padStart(64, '0')}` },
  } as unknown as ConsentDeps
  return { ledger, deps }
}

function makeCall(more: Partial<Call> = {}): Call {
  const id = `request-${++serial}`
  return {
    ...{
      principal: SITE,
      requestId: id,
      key: id,
      bodyHash: 'aa'.repeat(32),
      maxCost: null,
      settlement: null,
    },
    ...{ gateway: { config: { id: 'jumpgate' } }, prepared: { model: 'ambient/large', settlement: null } },
    ...more,
  } as unknown as Call
}

const allowed = { terms: TERMS, addresses: ADDRESSES }

describe('what is paid without a question', () => {
  it('is decided and held in one transaction', async () => {
    const { ledger, deps } = await makeDeps()
    const { decision, reserved } = await judgeAndReserve(deps, makeCall(), allowed)
    expect(decision.kind).toBe('pay')
    expect(reserved?.payment).toMatchObject({ state: 'reserved', maximum: AMOUNT, payTo: PAYEE })
    expect((await ledger.today()).USDC.live).toBe(AMOUNT)
  })

  it.each([
    ['has to be asked about', { payee: 'changed' }, {}, 'ask'],
    [
      'costs more than its caller wants',
      {},
      { maxCost: { amount: toAtomic(4_473n), currency: 'USDC' } },
      'refuse',
    ],
    ['is bounded in another currency', {}, { maxCost: { amount: AMOUNT, currency: 'OPG' } }, 'refuse'],
  ] as const)('holds nothing where it %s', async (_name, terms, call, kind) => {
    const { ledger, deps } = await makeDeps()
    const changed = { ...allowed, terms: { ...TERMS, ...terms } as Terms }
    const { decision, reserved } = await judgeAndReserve(deps, makeCall(call as Partial<Call>), changed)
    expect([decision.kind, reserved]).toEqual([kind, null])
    expect(await ledger.countHistory()).toBe(0)
  })

  it('is held once for one key', async () => {
    const { ledger, deps } = await makeDeps()
    await judgeAndReserve(deps, makeCall({ key: 'same' }), allowed)
    await expect(judgeAndReserve(deps, makeCall({ key: 'same' }), allowed)).rejects.toBeInstanceOf(KeyTaken)
    expect(await ledger.countHistory()).toBe(1)
  })

  it('never passes the cap, however many calls decide at once', async () => {
    const { ledger, deps } = await makeDeps()
    const half = toAtomic(40_000n)
    const terms = { ...TERMS, quote: { ...TERMS.quote, max: half }, offer: { ...TERMS.offer, amount: half } }
    const ended = await Promise.all(
      Array.from({ length: 40 }, () => judgeAndReserve(deps, makeCall(), { ...allowed, terms })),
    )
    expect(ended.filter(({ reserved }) => reserved !== null)).toHaveLength(25)
    expect((await ledger.today()).USDC.live).toBe(1_000_000n)
  })
})
