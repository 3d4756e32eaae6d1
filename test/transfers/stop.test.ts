import { describe, expect, it } from 'vitest'
import type { Chains, TransferOutcome } from '../../src/chains/chains.ts'
import { toAtomic } from '../../src/domain/amount.ts'
import { BASE } from '../../src/domain/network.ts'
import { makeTransferWorld } from './transfer-world.ts'

/** A chain that answers when it is told to. */
function makeSlowChain() {
  const asked: ((outcome: TransferOutcome) => void)[] = []
  const transferOutcome = () => new Promise<TransferOutcome>((answer) => void asked.push(answer))
  return { chains: { transferOutcome } as unknown as Chains, asked }
}

async function makeSent() {
  const { chains, asked } = makeSlowChain()
  const world = await makeTransferWorld({ chains, clock: { nowMs: () => 1_000 } })
  await world.ledger.ledger.putTransfer({
    ...{ id: 'sent', kind: 'send', network: BASE, account: world.evm, asset: 'native', to: world.evm },
    ...{ amount: toAtomic(1n), fee: null, state: 'sent', transaction: '0x1', reason: null },
    attempts: [{ transaction: '0x1', does: 'transfer', refused: false }],
    ...{ createdAtMs: 0, updatedAtMs: 0 },
  })
  return { world, asked, transfers: world.start() }
}

describe('stopping', () => {
  it('waits for a look that is under way, so that it writes nothing into a wiped ledger', async () => {
    const { world, asked, transfers } = await makeSent()
    const looking = transfers.resume()
    await expect.poll(() => asked.length).toBe(1)
    const order: string[] = []
    const stopping = transfers.stop().then(() => void order.push('stopped'))
    void looking.then(() => void order.push('looked'))
    await new Promise((done) => setTimeout(done, 20))
    expect(order).toEqual([])
    asked[0]?.({ kind: 'confirmed', fee: null })
    await stopping
    expect(order).toContain('stopped')
    expect((await world.row('sent')).state).toBe('confirmed')
    await world.ledger.ledger.wipe()
    await looking
    expect(await world.rows()).toEqual([])
  })

  it('looks after nothing that was there before', async () => {
    const { asked, transfers } = await makeSent()
    await transfers.stop()
    expect(await transfers.resume()).toBe(1)
    expect(asked).toEqual([])
  })
})
