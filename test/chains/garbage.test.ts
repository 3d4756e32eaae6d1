import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createChains } from '../../src/chains/create-chains.ts'
import { toAtomic } from '../../src/domain/amount.ts'
import { isChatError } from '../../src/domain/errors.ts'
import { BASE, BASE_SEPOLIA, SOLANA } from '../../src/domain/network.ts'
import type { Payment } from '../../src/domain/payment.ts'
import { makeFetch } from './fake-fetch.ts'
import { makeCache } from './fake-ports.ts'
import { makeAttempt, makePayment } from './make-payment.ts'

const OWNER = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266'
const SOLANA_OWNER = 'AYYo37bgztqAgP6wp2S9SiYWcijr8gz2o14c8RGWojJZ'
const NOW_MS = 1_790_000_000_000

/** Junk of the kinds that such answers are made of, so that some of it passes the outer shapes. */
const junk: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(null, '0x', '0x0', '0x1', `0x${'0'.repeat(64)}`, `0x${'f'.repeat(64)}`, '', true, 0, 1),
    fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }).map((value) => `0x${value.toString(16)}`),
    fc.string(),
    fc.double(),
    fc.integer(),
  ),
  object: fc.dictionary(
    fc.constantFrom(
      ...['number', 'timestamp', 'value', 'context', 'slot', 'lamports', 'owner', 'data', 'signature', 'err'],
      ...[
        'blockHeight',
        'absoluteSlot',
        'blockTime',
        'logs',
        'status',
        'topics',
        'transaction',
        'meta',
        'fee',
      ],
    ),
    fc.oneof(tie('leaf'), tie('object'), tie('list')),
  ),
  list: fc.array(fc.oneof(tie('leaf'), tie('object')), { maxLength: 5 }),
  any: fc.oneof(tie('leaf'), tie('object'), tie('list')),
})).any

const exact = makePayment('USDC on Base', {
  account: OWNER,
  nonce: `0x${'07'.repeat(32)}`,
  reservedAtMs: NOW_MS,
  transaction: `0x${'1'.repeat(64)}`,
  // Beyond any quantity of 256 bits: no made-up block time may count as past the window.
  attempts: [makeAttempt({ validBefore: Number.MAX_VALUE, signature: `0x${'ab'.repeat(65)}` })],
})
const upto = makePayment('OPG on Base', { ...pick(exact), nonce: '12345' })
const solana = makePayment('USDC on Solana', {
  account: SOLANA_OWNER,
  nonce: null,
  reservedAtMs: NOW_MS,
  attempts: [
    makeAttempt({
      payTo: SOLANA_OWNER,
      lastValidBlockHeight: Number.MAX_SAFE_INTEGER,
      signature: '1'.repeat(64),
    }),
  ],
})

function pick({ account, reservedAtMs, transaction, attempts }: Payment) {
  return { account, reservedAtMs, transaction, attempts }
}

describe('endpoints that answer with junk', () => {
  it.each([
    ['EIP-3009', exact],
    ['Permit2', upto],
    ['Solana', solana],
  ])('never settle nor release a payment (%s)', async (_, payment) => {
    await fc.assert(
      fc.asyncProperty(fc.array(junk, { minLength: 1, maxLength: 6 }), async (answers) => {
        let next = 0
        const chains = make(() => answers[next++ % answers.length])
        expect((await chains.checkPayment(payment)).kind).toBe('open')
      }),
      { numRuns: 400 },
    )
  })

  it('lead to nothing but our own error, or to an amount that is one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(junk, { minLength: 1, maxLength: 6 }), async (answers) => {
        let next = 0
        const chains = make(() => answers[next++ % answers.length])
        const reads = [
          () => chains.chainTime(BASE),
          () => chains.chainTime(SOLANA),
          () => chains.solanaAnchor(),
          () => chains.permit2Allowance(BASE, upto.asset, OWNER),
          () => chains.balanceOf(BASE, exact.asset, OWNER),
          () => chains.balanceOf(SOLANA, solana.asset, SOLANA_OWNER),
          () => chains.teeRecord(`0x${'1'.repeat(64)}`),
          () => chains.transferOutcome(BASE, `0x${'1'.repeat(64)}`),
          () =>
            chains.prepareTransfer(
              { kind: 'send', network: BASE, asset: exact.asset, to: exact.payTo, amount: toAtomic(1n) },
              OWNER,
            ),
        ]
        for (const read of reads) {
          const result = await read().catch((error: unknown) => error)
          if (result instanceof Error) expect(isChatError(result), String(result)).toBe(true)
        }
        await chains.balances({ evm: OWNER, solana: SOLANA_OWNER })
      }),
      { numRuns: 200 },
    )
  })
})

function make(answer: () => unknown) {
  const { fetch } = makeFetch(() => ({ result: answer() }))
  return createChains({
    endpoints: () => ({
      [BASE]: ['https://a.example', 'https://b.example'],
      [BASE_SEPOLIA]: ['https://a.example'],
      [SOLANA]: ['https://a.example', 'https://b.example'],
      'og-registry': ['https://a.example'],
    }),
    fetch,
    clock: { nowMs: () => NOW_MS },
    cache: makeCache(),
  })
}
