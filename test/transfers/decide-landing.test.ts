import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TransferOutcome } from '../../src/chains/chains.ts'
import { toAtomic } from '../../src/domain/amount.ts'
import { BASE } from '../../src/domain/network.ts'
import type { Transfer, TransferAttempt } from '../../src/domain/payment.ts'
import { decideLanding, type Look, standingAttempts } from '../../src/transfers/decide-landing.ts'

const FEE = toAtomic(21_000n)

function makeTransfer(does: readonly TransferAttempt['does'][], refused: readonly number[] = []): Transfer {
  const attempts = does.map((one, index) => ({
    transaction: `0x${index}`,
    does: one,
    refused: refused.includes(index),
  }))
  return {
    ...{ id: 't', kind: 'send', network: BASE, account: '0xa', asset: 'native', to: '0xb' },
    ...{ amount: toAtomic(5n), fee: null, state: 'sent', transaction: attempts.at(-1)?.transaction ?? null },
    ...{ attempts, reason: null, createdAtMs: 0, updatedAtMs: 0 },
  }
}

/** A transfer with any number of speed-ups and, after them, of cancellations. */
const transfers = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 3 }), fc.array(fc.nat({ max: 6 })))
  .map(([sent, cancelled, refused]) =>
    makeTransfer(
      [...Array<'transfer'>(sent).fill('transfer'), ...Array<'cancel'>(cancelled).fill('cancel')],
      refused,
    ),
  )
/** What may be heard of a transaction that did not land. */
const silent = fc.constantFrom<TransferOutcome | null>(
  { kind: 'pending' },
  { kind: 'failed', reason: 'replaced', fee: null },
  null,
)

describe('one nonce, several transactions', () => {
  it('says the truth whichever of them is mined, and whatever is heard of the others', () => {
    fc.assert(
      fc.property(
        transfers,
        fc.nat(),
        fc.boolean(),
        fc.infiniteStream(silent),
        (transfer, pick, reverts, heard) => {
          const landed = transfer.attempts[pick % transfer.attempts.length]
          if (!landed) throw new Error('no attempt')
          const outcome: TransferOutcome = reverts
            ? { kind: 'failed', reason: 'reverted', fee: FEE }
            : { kind: 'confirmed', fee: FEE }
          const looks = transfer.attempts.map(
            (attempt): Look => ({ attempt, outcome: attempt === landed ? outcome : heard.next().value }),
          )
          const decided = decideLanding(transfer, looks)
          const moved = landed.does === 'transfer' && !reverts
          expect(decided).toEqual({
            kind: 'over',
            transfer: {
              ...transfer,
              transaction: landed.transaction,
              fee: FEE,
              state: moved ? 'confirmed' : 'failed',
              reason: moved ? null : landed.does === 'cancel' ? 'cancelled' : 'reverted',
            },
          })
        },
      ),
    )
  })

  it('is lost to a stranger only where every one of ours says so', () => {
    fc.assert(
      fc.property(transfers, fc.infiniteStream(silent), (transfer, heard) => {
        const looks = transfer.attempts.map((attempt): Look => ({ attempt, outcome: heard.next().value }))
        const decided = decideLanding(transfer, looks)
        if (looks.every(({ outcome }) => outcome?.kind === 'failed')) {
          expect(decided).toEqual({
            kind: 'over',
            transfer: { ...transfer, state: 'failed', reason: 'replaced' },
          })
        } else {
          const unread = looks.some(({ outcome }) => outcome === null)
          expect(decided.kind).toBe(unread ? 'unread' : 'open')
        }
      }),
    )
  })

  it.each<[string, readonly TransferAttempt['does'][], readonly number[], readonly string[]]>([
    ['the only one', ['transfer'], [], ['0x0']],
    [
      'the faster one first, then the others',
      ['transfer', 'transfer', 'transfer'],
      [],
      ['0x2', '0x1', '0x0'],
    ],
    ['nothing that was cancelled', ['transfer', 'transfer', 'cancel'], [], ['0x2']],
    ['every cancellation', ['transfer', 'cancel', 'cancel'], [], ['0x2', '0x1']],
    [
      'what stands where the cancellation was refused',
      ['transfer', 'transfer', 'cancel'],
      [2],
      ['0x1', '0x0'],
    ],
    ['nothing that was refused', ['transfer', 'transfer'], [1], ['0x0']],
  ])('offers again %s', (_, does, refused, expected) => {
    const offered = standingAttempts(makeTransfer(does, refused))
    expect(offered.map(({ transaction }) => transaction)).toEqual(expected)
  })
})
