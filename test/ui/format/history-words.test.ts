import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { rowAmount, rowState, whyCharged } from '../../../src/ui/format/history-words.ts'
import { lifeOf } from '../../../src/ui/format/life-words.ts'
import { proofWords } from '../../../src/ui/format/proof-words.ts'
import { proofWords as panelProofWords } from '../../../src/ui/sidepanel/conversation/proof-words.ts'
import { MINUTE, makeLiveRow, makePayment, makeReleasedRow, makeRow, NOW } from '../samples.ts'

const held = makeLiveRow().payment

const live = {
  'still reserved': makeLiveRow({ payment: { ...held, state: 'reserved', presentedAtMs: null } }),
  'in a session': makeLiveRow({ payment: { ...held, scheme: 'upto' } }),
  'while the answer comes': makeLiveRow({ answer: 'streaming', error: null }),
  'until a time': makeLiveRow(),
  'on Solana': makeLiveRow({ payment: { ...held, holdUntilMs: null } }),
  'past its time': makeLiveRow({ payment: { ...held, holdUntilMs: NOW - 1 } }),
  'with the chain out of reach': makeLiveRow({
    payment: { ...held, check: { atMs: NOW, finding: 'rpc-failed', endpoints: 0 } },
  }),
}

const session = (charged: string) =>
  makePayment({ scheme: 'upto', state: 'settled', settledBy: 'chain', charged })

describe('whyCharged', () => {
  it.each(Object.entries(live))('never calls money on hold spent: %s', (_, row) => {
    const sentence = whyCharged(row, NOW)
    expect(sentence).toContain('$0.44')
    expect(sentence).toContain('not charged so far')
    expect(sentence).not.toMatch(/paid|spent/)
  })
  it('says until when, in a time of the day', () => {
    const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(NOW + 32 * MINUTE)
    expect(whyCharged(makeLiveRow(), NOW)).toBe(`$0.44 on hold until ${time}, not charged so far.`)
  })
  it.each([
    ['a small one', makeRow({ cost: '4424' }), '$0.004424 was paid'],
    ['one below what a list shows', makeRow({ cost: '1' }), '$0.000001 was paid'],
    [
      'one of 18 digits',
      makeRow({ cost: '1250000000000001', currency: 'OPG' }),
      '0.001250000000000001 OPG was',
    ],
    ['test money, named so', makeRow({ cost: '4424', currency: 'tUSDC' }), '$0.004424 (test money) was'],
    ['one on hold', makeLiveRow({ held: '440001' }), '$0.440001 on hold'],
  ])('says every digit: %s', (_, row, words) => {
    expect(whyCharged({ ...row, settledBy: 'chain' }, NOW)).toContain(words)
  })
  it('tells what the gateway says from what the chain shows', () => {
    expect(whyCharged(makeRow({ settledBy: 'gateway' }), NOW)).toContain('Ambient JumpGate reports')
    expect(whyCharged(makeRow({ settledBy: 'chain' }), NOW)).toContain('the chain confirms it')
  })
  it.each([
    ['more than was reported', makeRow({ settledBy: 'gateway', reported: '4424', payment: session('8848') })],
    ['less than was reported', makeRow({ cost: '2212', reported: '4424', payment: session('2212') })],
  ])('puts the sum that the chain charged beside the report: %s', (_, row) => {
    expect(whyCharged(row, NOW)).toContain('reported $0.004424 ')
    expect(whyCharged(row, NOW)).toMatch(/the chain charged \$0\.00(8848|2212) in all/)
    expect(whyCharged(row, NOW)).not.toContain('not confirmed')
  })
  it('goes on calling a report of a session unconfirmed until the chain has spoken', () => {
    const open = makePayment({ scheme: 'upto', state: 'presented', settledBy: null, charged: null })
    const row = makeRow({ settledBy: 'gateway', reported: '4424', payment: open })
    expect(whyCharged(row, NOW)).toContain('not confirmed it yet')
    expect(rowState(row, NOW)).toBe('reported')
  })
  it('says that nothing was charged, and how that is known', () => {
    expect(whyCharged(makeReleasedRow(), NOW)).toContain('the chain shows')
    const never = makeReleasedRow({ payment: makePayment({ state: 'released', presentedAtMs: null }) })
    expect(whyCharged(never, NOW)).toContain('never left this computer')
  })
})

describe('rowAmount', () => {
  it.each([
    ['what it cost', makeRow(), '4424'],
    ['what is on hold', makeLiveRow(), '440000'],
    ['nothing', makeReleasedRow(), '0'],
  ])('is %s', (_, row, amount) => {
    expect(rowAmount(row)).toBe(amount)
  })
})

describe('lifeOf', () => {
  it('follows a payment to its confirmation', () => {
    expect(lifeOf(makeRow(), NOW).map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
  })
  it('ends with what is waited for while money is on hold', () => {
    const last = lifeOf(makeLiveRow(), NOW).at(-1)
    expect(last?.state).toBe('current')
    expect(last?.note).toContain('could still be taken')
  })
  it('has no sending for one that never left', () => {
    expect(lifeOf(live['still reserved'], NOW)).toHaveLength(2)
  })
})

describe('proofWords', () => {
  it("calls a gateway's word its word", () => {
    const words = proofWords({ kind: 'ambient', verdict: 'reported', merkleRoot: null }, 'Ambient JumpGate')
    expect(words.says).toBe('Ambient JumpGate reports this answer as verified')
    expect(words.tone).not.toBe('good')
  })
  it('says of an unknown enclave, in history and panel alike, that the signature fits and nobody vouches for the key', () => {
    const proof = { ...TEE, verdict: 'unconfirmed' } as const
    expect(proofWords(proof, 'OpenGradient')).toMatchObject({
      tone: 'held',
      says: 'Signed, but the enclave is not confirmed',
    })
    for (const { means } of [proofWords(proof, 'OpenGradient'), panelProofWords(proof)]) {
      expect(means).toBe(
        'The signature fits this question and answer; the registry could not confirm the enclave.',
      )
    }
  })
  it('claims no signature where none was checked', () => {
    for (const words of [proofWords({ kind: 'none' }, 'OpenGradient'), panelProofWords({ kind: 'none' })]) {
      expect(words).toMatchObject({
        tone: 'plain',
        means: 'Nothing came with this answer that could be checked.',
      })
    }
  })
})

const TEE = {
  kind: 'tee',
  ...{ teeId: `0x${'1'.repeat(64)}`, requestHash: '2'.repeat(64), outputHash: '3'.repeat(64) },
  ...{ timestamp: 1_790_000_000, signature: 'AAAA' },
} as const
