/** Speeding up and cancelling against a real chain whose mining is paused. */
import { type Hex, parseTransaction } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import { BASE } from '../../src/domain/network.ts'
import type { Transfer } from '../../src/domain/payment.ts'
import type { Transfers } from '../../src/transfers/transfers.ts'
import { type EvmFixture, startEvmFixture } from '../chains/evm-fixture.ts'
import { addresses } from '../lab/chains/addresses.ts'
import { makeTransferWorld, PASSWORD, seeThrough, type TransferWorld } from './transfer-world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 })

const ETHER = 10n ** 18n
const USDC = addresses.baseUsdc
const AMOUNT = 1_500_000n
type Does = 'transfer' | 'cancel'

let fixture: EvmFixture
let world: TransferWorld
let to: Hex

beforeAll(async () => {
  fixture = await startEvmFixture()
})

beforeEach(async () => {
  world = await makeTransferWorld(fixture)
  to = privateKeyToAccount(generatePrivateKey()).address
  await fixture.chain.fund(world.evm, USDC, 25_000_000n)
  await fixture.chain.fund(world.evm, 'native', ETHER / 20n)
  // The lab's chain takes a block for each transaction, and one a second besides.
  await fixture.chain.rpc('evm_setAutomine', [false])
  await fixture.chain.rpc('evm_setIntervalMining', [0])
})

afterEach(async () => {
  fixture.first.setMode('ok')
  fixture.second.setMode('ok')
  await fixture.chain.rpc('anvil_dropAllTransactions', [])
  await fixture.chain.rpc('evm_setAutomine', [true])
  await fixture.chain.rpc('evm_setIntervalMining', [1])
})

afterAll(() => fixture?.stop())

const mine = () => fixture.chain.rpc('evm_mine', [])

async function nonceOf(owner: string): Promise<number> {
  return Number(await fixture.chain.rpc('eth_getTransactionCount', [owner, 'latest']))
}

/** A transfer of 1.5 USDC that no block takes. */
async function hang(transfers: Transfers, amount = AMOUNT): Promise<Transfer> {
  const request = { kind: 'send', network: BASE, asset: USDC, to, amount: toAtomic(amount) } as const
  const review = await transfers.review(request)
  const result = await transfers.confirm(review.id, PASSWORD)
  if (result.kind !== 'signed') throw new Error(result.kind)
  return result.transfer
}

async function replace(transfers: Transfers, id: string, does: Does): Promise<Transfer> {
  const review = await transfers.reviewReplacement(id, does)
  const result = await transfers.confirmReplacement(review.id, PASSWORD)
  if (result.kind !== 'signed') throw new Error(result.kind)
  return result.transfer
}

/** Signed bytes of every transaction of the transfer, oldest first. */
function bytesOf(id: string): readonly Hex[] {
  const entry = JSON.parse(world.outbox.entries.get(id) ?? '')
  return [entry.signed, ...entry.replacements.map(({ signed }: { signed: Hex }) => signed)]
}

/** Lets exactly these bytes be mined, whatever else was sent for their nonce. */
async function mineOnly(signed: Hex): Promise<void> {
  await fixture.chain.rpc('anvil_dropAllTransactions', [])
  await fixture.chain.rpc('eth_sendRawTransaction', [signed])
  await mine()
}

describe('speeding up', () => {
  it('signs the same transfer with the same nonce and higher fees, of which one is mined', async () => {
    const transfers = world.start()
    const before = await nonceOf(world.evm)
    const sent = await hang(transfers)
    expect(await transfers.resume()).toBe(1)
    const review = await transfers.reviewReplacement(sent.id, 'transfer')
    expect(review.figures).toMatchObject({ does: 'transfer', from: world.evm, missingFee: null })
    const result = await transfers.confirmReplacement(review.id, PASSWORD)
    if (result.kind !== 'signed') throw new Error(result.kind)
    expect(result.transfer).toMatchObject({ id: sent.id, state: 'sent', amount: AMOUNT, to })
    const [old, fast] = bytesOf(sent.id).map((signed) => parseTransaction(signed))
    if (!old || !fast) throw new Error('two were signed')
    for (const name of ['to', 'value', 'data', 'nonce', 'gas', 'chainId'] as const)
      expect(fast[name]).toEqual(old[name])
    for (const name of ['maxFeePerGas', 'maxPriorityFeePerGas'] as const)
      expect((fast[name] ?? 0n) * 8n >= (old[name] ?? 0n) * 9n).toBe(true)
    await mine()
    await seeThrough(transfers)
    const row = await world.row(sent.id)
    expect(row).toMatchObject({ state: 'confirmed', reason: null, transaction: result.transfer.transaction })
    expect(row.transaction).not.toBe(sent.transaction)
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(AMOUNT)
    expect(await nonceOf(world.evm)).toBe(before + 1)
    const paid = ETHER / 20n - (await fixture.chain.balanceOf(world.evm, 'native'))
    expect([row.fee === paid, paid <= review.figures.maxFee]).toEqual([true, true])
    expect([(await world.rows()).length, world.outbox.entries.size]).toEqual([1, 0])
  })

  it('names a missing fee before the password is looked at', async () => {
    const transfers = world.start()
    const sent = await hang(transfers)
    await fixture.chain.fund(world.evm, 'native', 1_000n)
    const review = await transfers.reviewReplacement(sent.id, 'transfer')
    expect(review.figures.missingFee).toBe(review.figures.maxFee - 1_000n)
    const runs = world.wallet.kdfRuns
    await expect(transfers.confirmReplacement(review.id, 'wrong')).rejects.toMatchObject({
      reason: 'insufficient-funds',
    })
    expect([world.wallet.kdfRuns, bytesOf(sent.id).length]).toEqual([runs, 1])
  })

  it('signs nothing with a wrong password, and once however often it is clicked', async () => {
    const transfers = world.start()
    const sent = await hang(transfers)
    const review = await transfers.reviewReplacement(sent.id, 'transfer')
    expect(await transfers.confirmReplacement(review.id, 'not the password')).toEqual({
      kind: 'wrong-password',
    })
    expect(bytesOf(sent.id)).toHaveLength(1)
    const second = await transfers.reviewReplacement(sent.id, 'cancel')
    const results = await Promise.allSettled(
      [review.id, review.id, second.id].map((id) => transfers.confirmReplacement(id, PASSWORD)),
    )
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(bytesOf(sent.id)).toHaveLength(2)
  })

  it('comes too late for what has landed', async () => {
    const transfers = world.start()
    const [sent, other] = [await hang(transfers), world.start()]
    const review = await other.reviewReplacement(sent.id, 'cancel')
    await mine()
    await expect(transfers.reviewReplacement(sent.id, 'transfer')).rejects.toMatchObject({
      facts: { problem: 'overtaken' },
    })
    await expect(other.confirmReplacement(review.id, PASSWORD)).rejects.toMatchObject({
      facts: { problem: 'overtaken' },
    })
    expect(await world.row(sent.id)).toMatchObject({ state: 'confirmed', transaction: sent.transaction })
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(AMOUNT)
  })

  it('builds upon no bytes but those that the row names', async () => {
    const transfers = world.start()
    const [one, two] = [await hang(transfers), await hang(transfers, 7n)]
    world.outbox.entries.set(one.id, world.outbox.entries.get(two.id) ?? '')
    await expect(transfers.reviewReplacement(one.id, 'transfer')).rejects.toMatchObject({
      facts: { problem: 'not-replaceable' },
    })
  })
})

describe('cancelling', () => {
  it('sends nothing to oneself in its place: nothing is moved, and the fee is told', async () => {
    const transfers = world.start()
    const before = await nonceOf(world.evm)
    const sent = await hang(transfers)
    const cancelled = await replace(transfers, sent.id, 'cancel')
    const nothing = parseTransaction(bytesOf(sent.id)[1] ?? '0x')
    expect(nothing.to?.toLowerCase()).toBe(world.evm.toLowerCase())
    expect([nothing.value ?? 0n, nothing.data ?? '0x', nothing.nonce]).toEqual([0n, '0x', before])
    await mine()
    await seeThrough(transfers)
    const row = await world.row(sent.id)
    expect(row).toMatchObject({ state: 'failed', reason: 'cancelled', transaction: cancelled.transaction })
    expect(row.fee).toBe(ETHER / 20n - (await fixture.chain.balanceOf(world.evm, 'native')))
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(0n)
    expect(await fixture.chain.balanceOf(world.evm, USDC)).toBe(25_000_000n)
    expect(await nonceOf(world.evm)).toBe(before + 1)
  })

  it('can be sped up, and is never taken back', async () => {
    const transfers = world.start()
    const sent = await hang(transfers)
    await replace(transfers, sent.id, 'cancel')
    await expect(transfers.reviewReplacement(sent.id, 'transfer')).rejects.toMatchObject({
      facts: { problem: 'not-replaceable' },
    })
    await replace(transfers, sent.id, 'cancel')
    await mine()
    await seeThrough(transfers)
    expect(await world.row(sent.id)).toMatchObject({ state: 'failed', reason: 'cancelled' })
  })

  it('lets the next transfer go only with the nonce after it', async () => {
    const transfers = world.start()
    const sent = await hang(transfers)
    const before = await nonceOf(world.evm)
    await replace(transfers, sent.id, 'cancel')
    const next = await hang(transfers, 7n)
    expect(parseTransaction(bytesOf(next.id)[0] ?? '0x').nonce).toBe(before + 1)
    await mine()
    await seeThrough(transfers)
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(7n)
    expect((await world.row(next.id)).state).toBe('confirmed')
  })
})

const COURSES: readonly (readonly Does[])[] = [
  ['transfer'],
  ['cancel'],
  ['transfer', 'transfer'],
  ['transfer', 'cancel'],
  ['cancel', 'cancel'],
  ['transfer', 'transfer', 'cancel'],
]
const CASES = COURSES.flatMap((course) =>
  [0, ...course.map((_, index) => index + 1)].map((mined) => ({ course, mined })),
)

describe('whichever of the transactions is mined', () => {
  it.each(CASES)('the record says the truth: $course, number $mined', async ({ course, mined }) => {
    const transfers = world.start()
    const sent = await hang(transfers)
    for (const does of course) await replace(transfers, sent.id, does)
    const bytes = bytesOf(sent.id)
    expect(bytes).toHaveLength(course.length + 1)
    const landed = (await world.row(sent.id)).attempts[mined]
    await mineOnly(bytes[mined] ?? '0x')
    await seeThrough(world.start())
    const row = await world.row(sent.id)
    const moved = landed?.does === 'transfer'
    expect(row).toMatchObject({
      transaction: landed?.transaction,
      state: moved ? 'confirmed' : 'failed',
      reason: moved ? null : 'cancelled',
    })
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(moved ? AMOUNT : 0n)
    expect(row.fee).toBe(ETHER / 20n - (await fixture.chain.balanceOf(world.evm, 'native')))
    expect(await world.rows()).toHaveLength(1)
    expect(world.outbox.entries.size).toBe(0)
  })
})

describe('a worker that dies while it replaces', () => {
  const died = () => Promise.reject(new Error('the worker died here'))

  it.each<[string, Does, () => Parameters<TransferWorld['start']>[0]]>([
    [
      'before the row names it',
      'cancel',
      () => {
        const { ledger } = world.ledger
        const putTransfer = (row: Transfer) => (row.attempts.length > 1 ? died() : ledger.putTransfer(row))
        return { ledger: { ...ledger, putTransfer } }
      },
    ],
    ['before it is sent', 'cancel', () => ({ chains: { ...fixture.chains, broadcast: died } })],
    ['before it is sent, faster', 'transfer', () => ({ chains: { ...fixture.chains, broadcast: died } })],
    [
      'after it is sent',
      'cancel',
      () => ({
        chains: {
          ...fixture.chains,
          async broadcast(network, signed) {
            await fixture.chains.broadcast(network, signed)
            return died()
          },
        },
      }),
    ],
  ])('goes on when it is back: %s (%s)', async (_, does, dying) => {
    const sent = await hang(world.start())
    const before = await nonceOf(world.evm)
    await expect(replace(world.start(dying()), sent.id, does)).rejects.toThrow('died here')
    const back = world.start()
    expect(await back.resume()).toBe(1)
    const between = await world.row(sent.id)
    expect(between.attempts.map((attempt) => attempt.does)).toEqual(['transfer', does])
    expect(between.state).toBe('sent')
    await mine()
    await seeThrough(back)
    const row = await world.row(sent.id)
    const moved = does === 'transfer'
    expect(row).toMatchObject({ state: moved ? 'confirmed' : 'failed', transaction: between.transaction })
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(moved ? AMOUNT : 0n)
    expect(await nonceOf(world.evm)).toBe(before + 1)
  })

  it('says the truth where the old one was mined meanwhile, and sends no second', async () => {
    const sent = await hang(world.start())
    const dying = world.start({ chains: { ...fixture.chains, broadcast: died } })
    await expect(replace(dying, sent.id, 'cancel')).rejects.toThrow('died here')
    await mine()
    await seeThrough(world.start())
    expect(await world.row(sent.id)).toMatchObject({
      state: 'confirmed',
      transaction: sent.transaction,
      reason: null,
    })
    await mine()
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(AMOUNT)
  })
})

describe('a network that keeps to the earlier one', () => {
  it('is said, and the earlier one stands and is what lands', async () => {
    const transfers = world.start()
    const sent = await hang(transfers)
    // As a node that asks for a higher rise than we give: the fees of the old one again.
    const [old] = bytesOf(sent.id)
    const cheap = parseTransaction(old ?? '0x')
    const stingy = world.start({
      chains: {
        ...fixture.chains,
        async prepareReplacement(request, from) {
          const figures = await fixture.chains.prepareReplacement(request, from)
          if (figures === null) return null
          const unsigned = {
            ...JSON.parse(figures.unsigned),
            maxFeePerGas: `0x${(cheap.maxFeePerGas ?? 0n).toString(16)}`,
            maxPriorityFeePerGas: `0x${(cheap.maxPriorityFeePerGas ?? 0n).toString(16)}`,
          }
          return { ...figures, unsigned: JSON.stringify(unsigned) }
        },
      },
    })
    const review = await stingy.reviewReplacement(sent.id, 'cancel')
    await expect(stingy.confirmReplacement(review.id, PASSWORD)).rejects.toMatchObject({
      reason: 'rpc-failed',
      facts: { problem: 'replacement-refused' },
    })
    const row = await world.row(sent.id)
    expect(row).toMatchObject({ state: 'sent', transaction: sent.transaction })
    expect(row.attempts.map(({ does, refused }) => [does, refused])).toEqual([
      ['transfer', false],
      ['cancel', true],
    ])
    // And it can be tried once more, at a price that is taken.
    await replace(world.start(), sent.id, 'transfer')
    await mine()
    await seeThrough(transfers)
    expect((await world.row(sent.id)).state).toBe('confirmed')
    expect(await fixture.chain.balanceOf(to, USDC)).toBe(AMOUNT)
  })
})
