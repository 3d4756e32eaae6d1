import { encodeFunctionData, type Hex, parseAbi, toHex } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Payment, SignedAttempt } from '../../src/domain/payment.ts'
import { addresses } from '../lab/chains/addresses.ts'
import {
  type Authorization,
  approvePermit2,
  cancel,
  charge,
  type EvmFixture,
  type Forge,
  forgedChains,
  freshNonce,
  OTHER_PAYEE,
  PAYEE,
  type Permit,
  payPlainly,
  redeem,
  signAuthorization,
  signPermit,
  startEvmFixture,
} from './evm-fixture.ts'
import { makePayment } from './make-payment.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 })

let fixture: EvmFixture

beforeAll(async () => {
  fixture = await startEvmFixture()
})

afterEach(() => {
  fixture.first.setMode('ok')
  fixture.second.setMode('ok')
})

afterAll(() => fixture?.stop())

interface Exact {
  readonly authorization: Authorization
  readonly attempt: SignedAttempt
  readonly payment: Payment
}

/** A signed and presented payment of 0.004424 USDC that is good for 300 s. */
async function present(overrides: Partial<Authorization> = {}): Promise<Exact> {
  const authorization: Authorization = {
    nonce: freshNonce(),
    amount: 4_424n,
    payTo: PAYEE,
    validBefore: (await fixture.now()) + 300,
    ...overrides,
  }
  const attempt = await signAuthorization(fixture, authorization)
  const payment = makePayment('USDC on Base', {
    account: fixture.payer.address,
    nonce: authorization.nonce,
    attempts: [attempt],
    reservedAtMs: fixture.clock.nowMs(),
  })
  return { authorization, attempt, payment }
}

describe('an EIP-3009 payment', () => {
  it('is open while its nonce is unused and its window open', async () => {
    const { payment } = await present()
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'open',
      check: { finding: 'not-used-yet', endpoints: 2 },
    })
  })

  it('is settled by the transaction that used its nonce, without anybody naming it', async () => {
    const { authorization, attempt, payment } = await present()
    const before = await fixture.chain.balanceOf(PAYEE, addresses.baseUsdc)
    const transaction = await redeem(fixture, authorization, attempt)
    expect((await fixture.chain.balanceOf(PAYEE, addresses.baseUsdc)) - before).toBe(4_424n)
    expect(await fixture.chains.checkPayment(payment)).toEqual({
      kind: 'settled',
      charged: 4_424n,
      transaction,
      check: { atMs: expect.any(Number), finding: 'used-transfer-found', endpoints: 2 },
    })
  })

  it('is found among many blocks and other payments of the same minute', async () => {
    const one = await present()
    const two = await present({ amount: 5_000n })
    const three = await present({ payTo: OTHER_PAYEE })
    const sent = []
    for (const { authorization, attempt } of [three, two, one]) {
      sent.push(await redeem(fixture, authorization, attempt))
    }
    await fixture.chain.rpc('anvil_mine', ['0x514'])
    for (const [index, { payment, authorization }] of [three, two, one].entries()) {
      expect(await fixture.chains.checkPayment(payment)).toMatchObject({
        kind: 'settled',
        charged: authorization.amount,
        transaction: sent[index],
      })
    }
  })

  it('takes the attempt that was redeemed where several carry the nonce', async () => {
    const first = await present()
    const dearer = await present({ nonce: first.authorization.nonce, amount: 9_000n, payTo: OTHER_PAYEE })
    const payment = { ...first.payment, attempts: [first.attempt, dearer.attempt] }
    const transaction = await redeem(fixture, dearer.authorization, dearer.attempt)
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'settled',
      charged: 9_000n,
      transaction,
    })
  })

  it('is settled below its maximum only by every endpoint that is set', async () => {
    const first = await present()
    const dearer = await present({ nonce: first.authorization.nonce, amount: 9_000n })
    const attempts = [first.attempt, dearer.attempt]
    const payment = { ...first.payment, attempts, maximum: dearer.attempt.amount }
    await redeem(fixture, first.authorization, first.attempt)
    fixture.second.setMode('dead')
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'open',
      check: { finding: 'rpc-failed', endpoints: 1 },
    })
    fixture.second.setMode('ok')
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({ kind: 'settled', charged: 4_424n })
  })

  it('is found where the wall clock was a day ahead when it was reserved', async () => {
    const { authorization, attempt, payment } = await present()
    const transaction = await redeem(fixture, authorization, attempt)
    const ahead = { ...payment, reservedAtMs: payment.reservedAtMs + 86_400_000 }
    expect(await fixture.chains.checkPayment(ahead)).toMatchObject({ kind: 'settled', transaction })
  })

  it('is tied to its own transfer where one transaction settles several', async () => {
    const small = await present({ amount: 1_000n })
    const large = await present({ amount: 2_000n })
    const calls = [large, small].map(({ authorization, attempt }) => ({
      target: addresses.baseUsdc as Hex,
      allowFailure: false,
      callData: encodeRedeem(authorization, attempt),
    }))
    const hash = await fixture.seller.client.writeContract({
      address: addresses.multicall3,
      abi: parseAbi([
        'struct Call { address target; bool allowFailure; bytes callData; }',
        'function aggregate3(Call[] calls)',
      ]),
      functionName: 'aggregate3',
      args: [calls],
    })
    await fixture.seller.landed(hash)
    expect(await fixture.chains.checkPayment(small.payment)).toMatchObject({
      charged: 1_000n,
      transaction: hash,
    })
    expect(await fixture.chains.checkPayment(large.payment)).toMatchObject({
      charged: 2_000n,
      transaction: hash,
    })
  })

  it('is not settled by a made-up transaction', async () => {
    const { payment } = await present()
    const reported = { ...payment, transaction: freshNonce() }
    expect(await fixture.chains.checkPayment(reported)).toMatchObject({
      kind: 'open',
      check: { finding: 'not-used-yet' },
    })
    const garbage = { ...payment, transaction: 'settled, trust me' }
    expect(await fixture.chains.checkPayment(garbage)).toMatchObject({ kind: 'open' })
  })

  it("is not settled by somebody else's transaction, nor by a plain transfer of ours of the same amount", async () => {
    const { payment } = await present()
    const stranger = privateKeyToAccount(generatePrivateKey())
    await fixture.chain.fund(stranger.address, addresses.baseUsdc, 4_424n)
    const theirs: Authorization = {
      nonce: freshNonce(),
      amount: 4_424n,
      payTo: PAYEE,
      validBefore: (await fixture.now()) + 300,
    }
    const attempt = await signAuthorization(fixture, theirs, stranger)
    const foreign = await redeem(fixture, theirs, attempt, stranger.address)
    const plain = await payPlainly(fixture, addresses.baseUsdc, PAYEE, 4_424n)
    for (const transaction of [foreign, plain]) {
      expect(await fixture.chains.checkPayment({ ...payment, transaction })).toMatchObject({ kind: 'open' })
    }
  })

  it('finds the true transaction where the gateway named another payment of ours', async () => {
    const named = await present()
    const meant = await present()
    const other = await redeem(fixture, named.authorization, named.attempt)
    const own = await redeem(fixture, meant.authorization, meant.attempt)
    expect(await fixture.chains.checkPayment({ ...meant.payment, transaction: other })).toMatchObject({
      kind: 'settled',
      transaction: own,
    })
  })

  it('stays open where the nonce was used for a payee that was never signed for in it', async () => {
    // The ledger's row names another payee than the one that was paid: nothing confirms such a row.
    const { authorization, attempt, payment } = await present()
    await redeem(fixture, authorization, attempt)
    const altered = { ...payment, attempts: [{ ...attempt, payTo: OTHER_PAYEE }] }
    expect(await fixture.chains.checkPayment(altered)).toMatchObject({
      kind: 'open',
      check: { finding: 'used-transfer-missing' },
    })
  })

  it('is released where its nonce was cancelled', async () => {
    const { authorization, payment } = await present()
    await cancel(fixture, authorization.nonce)
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'released',
      check: { finding: 'used-cancelled', endpoints: 2 },
    })
  })

  it('is released only once the chain is past the latest window of all its attempts', async () => {
    const { authorization, attempt, payment } = await present()
    const later = await present({ nonce: authorization.nonce, validBefore: authorization.validBefore + 300 })
    const both = { ...payment, attempts: [attempt, later.attempt] }
    await fixture.warp(305)
    expect(await fixture.chains.checkPayment(both)).toMatchObject({
      kind: 'open',
      check: { finding: 'not-used-yet' },
    })
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'released',
      check: { finding: 'expired-unused', endpoints: 2 },
    })
    await fixture.warp(300)
    expect(await fixture.chains.checkPayment(both)).toMatchObject({ kind: 'released' })
  })

  it('is not released by a wall clock that runs ahead of the chain', async () => {
    const { payment } = await present()
    fixture.clock.move(3_600_000)
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'open',
      check: { finding: 'window-open' },
    })
    fixture.clock.move(-3_600_000)
  })
})

describe('endpoints that fail or lie', () => {
  it('settle with one endpoint dead', async () => {
    const { authorization, attempt, payment } = await present()
    const transaction = await redeem(fixture, authorization, attempt)
    fixture.first.setMode('dead')
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'settled',
      transaction,
      check: { endpoints: 1 },
    })
  })

  it.each(['first', 'second'] as const)('release nothing with the %s endpoint dead', async (dead) => {
    const { payment } = await present()
    await fixture.warp(400)
    fixture[dead].setMode('dead')
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'open',
      check: { finding: 'rpc-failed', endpoints: 1 },
    })
    fixture[dead].setMode('ok')
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({ kind: 'released' })
  })

  it('say so with both dead', async () => {
    const { payment } = await present()
    fixture.first.setMode('dead')
    fixture.second.setMode('dead')
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'open',
      check: { finding: 'rpc-failed', endpoints: 0 },
    })
  })

  it.each(['first', 'second'] as const)(
    'keep a charged payment live where the %s endpoint says that its window is over and nothing was charged',
    async (liar) => {
      const { authorization, attempt, payment } = await present()
      await redeem(fixture, authorization, attempt)
      fixture[liar].setMode('lying')
      expect(await fixture.chains.checkPayment(payment)).toMatchObject({
        kind: 'open',
        check: { finding: 'rpc-disagree' },
      })
    },
  )

  it.each(['first', 'second'] as const)(
    'keep an unused payment live where only the %s endpoint says that its window is over',
    async (liar) => {
      const { payment } = await present()
      fixture[liar].setMode('lying')
      expect(await fixture.chains.checkPayment(payment)).toMatchObject({ kind: 'open' })
    },
  )
})

describe('a Permit2 payment (upto)', () => {
  const CAP = 5n * 10n ** 18n
  let nonces = 0n

  async function open(overrides: Partial<Permit> = {}) {
    nonces += 1n
    const permit: Permit = {
      // Far up in the bitmap, as a random 256-bit nonce is.
      nonce: (0xabcdefn << 128n) + nonces,
      amount: CAP,
      payTo: PAYEE,
      deadline: (await fixture.now()) + 600,
      ...overrides,
    }
    const attempt = await signPermit(fixture, permit)
    const payment = makePayment('OPG on Base', {
      account: fixture.payer.address,
      nonce: permit.nonce.toString(),
      attempts: [attempt],
      reservedAtMs: fixture.clock.nowMs(),
    })
    return { permit, attempt, payment }
  }

  beforeAll(() => approvePermit2(fixture, 50n * 10n ** 18n))

  it('is charged what the transfer moved, not its cap', async () => {
    const { permit, attempt, payment } = await open()
    const transaction = await charge(fixture, permit, { attempt, amount: 123_456_789n })
    expect(await fixture.chains.checkPayment(payment)).toEqual({
      kind: 'settled',
      charged: 123_456_789n,
      transaction,
      check: { atMs: expect.any(Number), finding: 'used-transfer-found', endpoints: 2 },
    })
  })

  // Once: one endpoint's forged transfer of one unit ended the hold of a whole cap, where the other endpoint was dead.
  it.each([
    [
      'shrinks the charge',
      (logs: readonly object[]) => logs.map((log) => ({ ...log, data: toHex(1, { size: 32 }) })),
    ],
    ['hides the transfer', () => []],
  ])('is not settled below its cap where one endpoint %s', async (_, forgeLogs) => {
    const { permit, attempt, payment } = await open()
    const transaction = await charge(fixture, permit, { attempt, amount: 4n * 10n ** 18n })
    const forge: Forge = (url, method, result) =>
      url === fixture.second.url && method === 'eth_getLogs' ? forgeLogs(result as object[]) : result
    const forged = forgedChains(fixture, forge)
    expect(await forged.checkPayment(payment)).toMatchObject({
      kind: 'open',
      check: { finding: 'rpc-disagree' },
    })
    fixture.first.setMode('dead')
    expect(await forged.checkPayment(payment)).toMatchObject({ kind: 'open' })
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'open',
      check: { finding: 'rpc-failed', endpoints: 1 },
    })
    fixture.first.setMode('ok')
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'settled',
      charged: 4n * 10n ** 18n,
      transaction,
      check: { endpoints: 2 },
    })
  })

  it('is told from another session with the same payee in the same minute', async () => {
    const one = await open()
    const two = await open()
    const first = await charge(fixture, one.permit, { attempt: one.attempt, amount: 10n })
    const second = await charge(fixture, two.permit, { attempt: two.attempt, amount: 20n })
    const plain = await payPlainly(fixture, addresses.baseOpg, PAYEE, 30n)
    expect(await fixture.chains.checkPayment(one.payment)).toMatchObject({ charged: 10n, transaction: first })
    expect(await fixture.chains.checkPayment({ ...two.payment, transaction: plain })).toMatchObject({
      charged: 20n,
      transaction: second,
    })
  })

  it('is not made smaller by its signature in the input of a smaller transfer', async () => {
    const dear = await open()
    const cheap = await open()
    const ornament: Hex = `0x${toHex(dear.permit.nonce, { size: 32 }).slice(2)}${dear.attempt.signature.slice(2)}`
    const true_ = await charge(fixture, dear.permit, { attempt: dear.attempt, amount: 4n * 10n ** 18n })
    await charge(fixture, cheap.permit, { attempt: cheap.attempt, amount: 1n, ornament })
    expect(await fixture.chains.checkPayment(dear.payment)).toMatchObject({
      charged: 4n * 10n ** 18n,
      transaction: true_,
    })
  })

  it('stays live until its deadline where it was settled for nothing, and is released then', async () => {
    const { payment } = await open()
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'open',
      check: { finding: 'not-used-yet' },
    })
    await fixture.warp(605)
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'released',
      check: { finding: 'expired-unused', endpoints: 2 },
    })
  })

  it('stays open where its nonce was used up without a transfer', async () => {
    const { permit, payment } = await open()
    const { clientOf } = await import('./evm-fixture.ts')
    const hash = await clientOf(fixture).writeContract({
      address: addresses.permit2,
      abi: parseAbi(['function invalidateUnorderedNonces(uint256 wordPos,uint256 mask)']),
      functionName: 'invalidateUnorderedNonces',
      args: [permit.nonce >> 8n, 1n << (permit.nonce & 0xffn)],
    })
    await fixture.seller.landed(hash)
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'open',
      check: { finding: 'used-transfer-missing' },
    })
  })
})

function encodeRedeem(authorization: Authorization, attempt: SignedAttempt): Hex {
  const signature = attempt.signature
  return encodeFunctionData({
    abi: parseAbi([
      'function transferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce,uint8 v,bytes32 r,bytes32 s)',
    ]),
    args: [
      fixture.payer.address,
      authorization.payTo,
      authorization.amount,
      0n,
      BigInt(authorization.validBefore),
      authorization.nonce,
      Number.parseInt(signature.slice(130), 16),
      `0x${signature.slice(2, 66)}`,
      `0x${signature.slice(66, 130)}`,
    ],
  })
}
