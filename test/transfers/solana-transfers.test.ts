import { type Address, generateKeyPairSigner } from '@solana/kit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TransferRequest } from '../../src/chains/chains.ts'
import { toAtomic } from '../../src/domain/amount.ts'
import { SOLANA } from '../../src/domain/network.ts'
import { type SolanaFixture, startSolanaFixture } from '../chains/solana-fixture.ts'
import { SOLANA_USDC } from '../lab/chains/solana-chain.ts'
import { makeTransferWorld, PASSWORD, type TransferWorld } from './transfer-world.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

/** Lamports that an empty account, and a token account, must hold (Solana's rent). */
const RENT = 890_880n
const TOKEN_RENT = 2_039_280n
const SOL = 1_000_000_000n

let fixture: SolanaFixture
let world: TransferWorld
/** Somebody who has never been on the chain. */
let to: Address

beforeEach(async () => {
  fixture = await startSolanaFixture()
  world = await makeTransferWorld(fixture)
  to = (await generateKeyPairSigner()).address
  await fixture.chain.fund(world.solana, 'native', SOL / 10n)
  await fixture.chain.fund(world.solana, SOLANA_USDC, 25_000_000n)
})

afterEach(() => fixture?.stop())

const send = (asset: string, amount: bigint | 'all', recipient: string = to): TransferRequest => ({
  kind: 'send',
  network: SOLANA,
  asset,
  to: recipient,
  amount: amount === 'all' ? amount : toAtomic(amount),
})

/** Reviews, confirms, and lets two confirmed slots pass. */
async function complete(request: TransferRequest) {
  const transfers = world.start()
  const review = await transfers.review(request)
  const result = await transfers.confirm(review.id, PASSWORD)
  if (result.kind !== 'signed') throw new Error(result.kind)
  expect(result.transfer.state).toBe('sent')
  await fixture.warp(2)
  expect(await transfers.resume()).toBe(0)
  return { review, row: await world.row(result.transfer.id) }
}

const balance = (owner: string, asset: string) => fixture.chain.balanceOf(owner, asset)

describe('sending on Solana', () => {
  it('moves USDC to somebody who has an account for it', async () => {
    const { review, row } = await complete(send(SOLANA_USDC, 1_500_000n, fixture.payee.address))
    expect(review.figures).toMatchObject({ createsAccount: false, missingFee: null, recipient: 'plain' })
    expect(await balance(fixture.payee.address, SOLANA_USDC)).toBe(1_500_000n)
    expect(await balance(world.solana, SOLANA_USDC)).toBe(23_500_000n)
    const paid = SOL / 10n - (await balance(world.solana, 'native'))
    expect(row).toMatchObject({ state: 'confirmed', fee: paid })
    // The fee on Solana is known to the lamport.
    expect(paid).toBe(review.figures.maxFee)
  })

  it('creates the account of somebody who has none, and says what that costs', async () => {
    const { review, row } = await complete(send(SOLANA_USDC, 'all'))
    expect(review.figures).toMatchObject({ createsAccount: true, amount: 25_000_000n })
    expect(await balance(to, SOLANA_USDC)).toBe(25_000_000n)
    const paid = SOL / 10n - (await balance(world.solana, 'native'))
    expect(paid).toBe(review.figures.maxFee)
    expect(row.fee).toBe(paid - TOKEN_RENT)
  })

  it('moves SOL', async () => {
    const { review, row } = await complete(send('native', 1_000_000n))
    expect(await balance(to, 'native')).toBe(1_000_000n)
    expect(await balance(world.solana, 'native')).toBe(SOL / 10n - 1_000_000n - review.figures.maxFee)
    expect(row).toMatchObject({ state: 'confirmed', fee: review.figures.maxFee })
  })

  it('moves all of the SOL to the last lamport', async () => {
    const { review } = await complete(send('native', 'all'))
    expect(await balance(world.solana, 'native')).toBe(0n)
    expect(await balance(to, 'native')).toBe(SOL / 10n - review.figures.maxFee)
  })
})

describe('a review', () => {
  it('names the SOL that is missing, with what an account must keep', async () => {
    await fixture.chain.fund(world.solana, 'native', 0n)
    const transfers = world.start()
    const review = await transfers.review(send(SOLANA_USDC, 1n))
    const { maxFee, missingFee } = review.figures
    expect(maxFee > TOKEN_RENT).toBe(true)
    expect(missingFee).toBe(maxFee + RENT)
    const runs = world.wallet.kdfRuns
    await expect(transfers.confirm(review.id, PASSWORD)).rejects.toMatchObject({
      reason: 'insufficient-funds',
      facts: { missing: String(missingFee), to: world.solana },
    })
    expect(world.wallet.kdfRuns).toBe(runs)
    await fixture.chain.fund(world.solana, 'native', maxFee + RENT)
    await complete(send(SOLANA_USDC, 1n))
    expect(await balance(to, SOLANA_USDC)).toBe(1n)
  })

  it.each<[string, () => TransferRequest, object]>([
    ['more USDC than there is', () => send(SOLANA_USDC, 25_000_001n), { reason: 'insufficient-funds' }],
    ['more SOL than there is', () => send('native', SOL), { reason: 'insufficient-funds' }],
    ['an unknown mint', () => send(to, 1n), { facts: { field: 'asset' } }],
    [
      'an EVM address',
      () => send('native', RENT, `0x${'1'.repeat(40)}`),
      { facts: { problem: 'malformed' } },
    ],
    [
      'the mint as recipient',
      () => send(SOLANA_USDC, 1n, SOLANA_USDC),
      { facts: { problem: 'token-account' } },
    ],
    [
      'less than a new account must hold',
      () => send('native', RENT - 1n),
      { facts: { problem: 'below-rent' } },
    ],
    [
      'to leave less than an account must hold',
      () => send('native', SOL / 10n - RENT),
      { facts: { field: 'amount', problem: 'leaves-dust', least: String(RENT) } },
    ],
    [
      'an allowance',
      () => ({ ...send(SOLANA_USDC, 1n), kind: 'allowance' }) as unknown as TransferRequest,
      { reason: 'invalid-body' },
    ],
  ])('refuses %s', async (_, request, error) => {
    await expect(world.start().review(request())).rejects.toMatchObject(error)
  })

  it("refuses a token account as recipient, where the tokens' owner would be nobody", async () => {
    const account = await fixture.chain.tokenAddress(fixture.payee.address, SOLANA_USDC)
    await expect(world.start().review(send(SOLANA_USDC, 1n, account))).rejects.toMatchObject({
      facts: { field: 'to', problem: 'token-account' },
    })
  })

  it('a minute old is still signed for a blockhash of now', async () => {
    const transfers = world.start()
    const review = await transfers.review(send(SOLANA_USDC, 5n, fixture.payee.address))
    await fixture.chain.warp(70)
    const result = await transfers.confirm(review.id, PASSWORD)
    expect(result).toMatchObject({ kind: 'signed', transfer: { state: 'sent' } })
    await fixture.warp(2)
    expect(await transfers.resume()).toBe(0)
    expect(await balance(fixture.payee.address, SOLANA_USDC)).toBe(5n)
  })
})

describe('a worker that dies after signing', () => {
  async function die(amount: bigint): Promise<string> {
    const dying = world.start({
      chains: { ...fixture.chains, broadcast: () => Promise.reject(new Error('the worker died here')) },
    })
    const review = await dying.review(send(SOLANA_USDC, amount, fixture.payee.address))
    await expect(dying.confirm(review.id, PASSWORD)).rejects.toThrow('died here')
    const [row] = await world.rows()
    return row?.id ?? ''
  }

  it('sends the same bytes when it is back, and they move money once', async () => {
    const id = await die(3n)
    const before = await world.row(id)
    const back = world.start()
    expect(await back.resume()).toBe(1)
    expect(await back.resume()).toBe(1)
    await fixture.warp(2)
    expect(await back.resume()).toBe(0)
    expect(await world.row(id)).toMatchObject({ state: 'confirmed', transaction: before.transaction })
    expect(await balance(fixture.payee.address, SOLANA_USDC)).toBe(3n)
  })

  it('lets nothing else be sent until those bytes have landed or can no longer', async () => {
    await die(3n)
    const back = world.start({
      chains: { ...fixture.chains, broadcast: () => fixture.chains.broadcast(SOLANA, '') },
    })
    await expect(back.review(send(SOLANA_USDC, 3n, fixture.payee.address))).rejects.toMatchObject({
      reason: 'already-pending',
    })
    await fixture.warp(80)
    expect(await back.resume()).toBe(0)
    expect((await world.rows())[0]).toMatchObject({ state: 'failed', reason: 'expired' })
    expect(await balance(fixture.payee.address, SOLANA_USDC)).toBe(0n)
    await complete(send(SOLANA_USDC, 3n, fixture.payee.address))
    expect(await balance(fixture.payee.address, SOLANA_USDC)).toBe(3n)
  })

  it('does not take one endpoint’s word that they have expired', async () => {
    const id = await die(3n)
    await fixture.warp(80)
    fixture.second.setMode('dead')
    expect(await world.start().resume()).toBe(1)
    expect((await world.row(id)).state).not.toBe('failed')
    fixture.second.setMode('ok')
    fixture.clock.move(31_000)
    expect(await world.start().resume()).toBe(0)
    expect(await world.row(id)).toMatchObject({ state: 'failed', reason: 'expired' })
  })
})
