import { openDB } from 'idb'
import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import { BASE, SOLANA } from '../../src/domain/network.ts'
import type { PinnedTerms, Proof, Transfer } from '../../src/domain/payment.ts'
import type { LedgerChange } from '../../src/ledger/ledger.ts'
import {
  grantUsdc,
  makeAttempt,
  makeLedger,
  makeReservation,
  NOON,
  PAYEE,
  SITE,
  USDC_BASE,
} from './make-ledger.ts'

const tick = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('patchRequest', () => {
  it('writes what is given and leaves the rest, money above all', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    await ledger.reserve(makeReservation({ id: 'a' }))
    const usage = { promptTokens: 17, completionTokens: 3, totalTokens: 20 }
    await ledger.patchRequest('a', { answer: 'streaming' })
    await ledger.patchRequest('a', { answer: 'answered', usage, finishedAtMs: NOON + 5 })
    expect((await ledger.getRequest('a'))?.request).toMatchObject({
      answer: 'answered',
      usage,
      finishedAtMs: NOON + 5,
      money: 'live',
      error: null,
      proof: { kind: 'none' },
    })
    await expect(ledger.patchRequest('nobody', { answer: 'failed' })).rejects.toThrow('ledger-failed')
  })

  it.each<[string, readonly Proof[], boolean]>([
    ['no proof', [], false],
    ['a failed one', [{ kind: 'ambient', verdict: 'failed', merkleRoot: null }], true],
    [
      'a good one after a failed one',
      [
        { kind: 'ambient', verdict: 'failed', merkleRoot: null },
        { kind: 'ambient', verdict: 'reported', merkleRoot: 'aa' },
      ],
      false,
    ],
    [
      'none at all after a failed one',
      [
        { kind: 'ambient', verdict: 'failed', merkleRoot: null },
        { kind: 'none' },
        { kind: 'ambient', verdict: 'pending', merkleRoot: null },
      ],
      true,
    ],
    ['a failed enclave', [tee('failed')], true],
    ['a verified enclave', [tee('failed'), tee('verified')], false],
  ])('remembers of %s whether the newest failed', async (_what, proofs, failed) => {
    const { ledger, reopen } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    await ledger.reserve(makeReservation({ id: 'a' }))
    for (const proof of proofs) await ledger.patchRequest('a', { proof })
    expect(await reopen().lastProofFailed('jumpgate')).toBe(failed)
    expect(await ledger.lastProofFailed('other')).toBe(false)
    await ledger.clearProofFailure('jumpgate')
    expect(await ledger.lastProofFailed('jumpgate')).toBe(false)
  })

  it('knows at once of the next one, though it keeps the last in memory', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    await ledger.reserve(makeReservation({ id: 'a' }))
    const seen: boolean[] = []
    for (const verdict of ['verified', 'failed', 'verified'] as const) {
      await ledger.patchRequest('a', { proof: tee(verdict) })
      seen.push(await ledger.lastProofFailed('jumpgate'))
    }
    expect(seen).toEqual([false, true, false])
  })
})

function tee(verdict: 'verified' | 'failed'): Proof {
  return {
    kind: 'tee',
    verdict,
    teeId: '0x1',
    requestHash: 'a',
    outputHash: 'b',
    timestamp: 1,
    signature: 'c',
  }
}

describe('noteCheck', () => {
  it('keeps what was last learned of the chain', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const { payment } = makeReservation()
    await ledger.reserve({ ...makeReservation(), payment })
    const check = { atMs: NOON, finding: 'window-open', endpoints: 2 } as const
    await ledger.noteCheck(payment.id, check)
    expect((await ledger.unfinished())[0]?.check).toEqual(check)
  })
})

describe('unfinished', () => {
  it('lists what is live or rests on a word alone, oldest first, across instances', async () => {
    const { ledger, clock, reopen } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const ids: string[] = []
    for (const id of ['d', 'c', 'b', 'a']) {
      const reservation = makeReservation({ id })
      await ledger.reserve(reservation)
      ids.push(reservation.payment.id)
      clock.advance(10)
    }
    const [reserved = '', presented = '', settled = '', released = ''] = ids
    for (const id of [presented, settled]) await ledger.present(id, makeAttempt(toAtomic(4474n)))
    await ledger.settle(settled, 'gateway', { charged: toAtomic(4474n), transaction: null })
    await ledger.release(released)
    const found = (await reopen().unfinished()).map((payment) => [payment.id, payment.state])
    expect(found).toEqual([
      [reserved, 'reserved'],
      [presented, 'presented'],
      [settled, 'settled'],
    ])
  })
})

describe('pins', () => {
  const pin: PinnedTerms = {
    gatewayId: 'jumpgate',
    network: BASE,
    asset: USDC_BASE,
    scheme: 'exact',
    payTo: PAYEE,
    maxTimeoutSeconds: 300,
    extraJson: '{"name":"USD Coin","version":"2"}',
    resourceJson: null,
    approvedAtMs: NOON,
  }

  it('are one for each gateway and network, and can be dropped', async () => {
    const { ledger } = await makeLedger()
    await ledger.putPin(pin)
    await ledger.putPin({ ...pin, maxTimeoutSeconds: 60 })
    await ledger.putPin({ ...pin, network: SOLANA })
    await ledger.putPin({ ...pin, gatewayId: 'jumpgate2' })
    expect(await ledger.getPins('jumpgate')).toHaveLength(2)
    expect(await ledger.getPins('jumpgate')).toContainEqual({ ...pin, maxTimeoutSeconds: 60 })
    await ledger.dropPins('jumpgate', BASE)
    expect((await ledger.getPins('jumpgate')).map((left) => left.network)).toEqual([SOLANA])
    await ledger.dropPins('jumpgate')
    expect(await ledger.getPins('jumpgate')).toEqual([])
    expect(await ledger.getPins('jumpgate2')).toHaveLength(1)
  })
})

describe('transfers', () => {
  const transfer = (id: string, overrides: Partial<Transfer> = {}): Transfer => ({
    id,
    kind: 'send',
    network: BASE,
    account: PAYEE,
    asset: USDC_BASE,
    to: PAYEE,
    amount: toAtomic(5n),
    fee: null,
    state: 'signed',
    transaction: null,
    attempts: [],
    reason: null,
    createdAtMs: NOON,
    updatedAtMs: NOON,
    ...overrides,
  })

  it('of before a transfer could have more than one transaction name the one they have', async () => {
    const { ledger, name } = await makeLedger()
    const attempts = [{ transaction: '0xaa', does: 'transfer', refused: false }] as const
    await ledger.putTransfer(transfer('old', { transaction: '0xaa', attempts }))
    const database = await openDB(name)
    const { attempts: _, ...older } = await database.get('transfers', 'old')
    await database.put('transfers', older)
    database.close()
    expect(await ledger.unfinishedTransfers()).toEqual([transfer('old', { transaction: '0xaa', attempts })])
  })

  it('are listed newest first in pages, and unfinished ones by themselves', async () => {
    const { ledger } = await makeLedger()
    for (let index = 0; index < 5; index += 1) {
      await ledger.putTransfer(transfer(`t${index}`, { createdAtMs: NOON + Math.floor(index / 2) }))
    }
    await ledger.putTransfer(
      transfer('t4', { createdAtMs: NOON + 2, state: 'confirmed', transaction: '0xaa' }),
    )
    await ledger.putTransfer(transfer('t0', { state: 'sent', fee: toAtomic(7n) }))
    const first = await ledger.listTransfers({ limit: 3 })
    expect(first.map(({ id }) => id)).toEqual(['t4', 't2', 't3'])
    const last = first.at(-1)
    const rest = await ledger.listTransfers({ limit: 3, before: `${last?.createdAtMs}:${last?.id}` })
    expect(rest).toEqual([transfer('t0', { state: 'sent', fee: toAtomic(7n) }), transfer('t1')])
    expect((await ledger.unfinishedTransfers()).map(({ id }) => id)).toEqual(['t0', 't1', 't2', 't3'])
  })
})

describe('onChange', () => {
  it('tells what changed once it is written, and stops when asked to', async () => {
    const { ledger } = await makeLedger()
    const heard: LedgerChange[] = []
    const stop = ledger.onChange((change) => heard.push(change))
    await grantUsdc(ledger, '0.5')
    const reservation = makeReservation({ id: 'a' })
    await ledger.reserve(reservation)
    await tick()
    expect(heard).toEqual([
      { kind: 'grant', principal: SITE, id: null },
      { kind: 'payment', principal: SITE, id: reservation.payment.id },
      { kind: 'request', principal: SITE, id: 'a' },
    ])
    stop()
    await ledger.setFrozen(true)
    await tick()
    expect(heard).toHaveLength(3)
  })

  it('says nothing of what was refused', async () => {
    const { ledger } = await makeLedger()
    const heard: LedgerChange[] = []
    ledger.onChange((change) => heard.push(change))
    await ledger.reserve(makeReservation())
    await expect(ledger.patchRequest('nobody', {})).rejects.toThrow('ledger-failed')
    await tick()
    expect(heard).toEqual([])
  })
})
