/** The real wallet, the real ledger and real local chains, with a worker that can die and start again. */

import type { Chains } from '../../src/chains/chains.ts'
import type { Transfer } from '../../src/domain/payment.ts'
import { createTransfers } from '../../src/transfers/create-transfers.ts'
import type { Outbox, TransfersDeps } from '../../src/transfers/ports.ts'
import type { Transfers } from '../../src/transfers/transfers.ts'
import { makeLedger, type TestLedger } from '../ledger/make-ledger.ts'
import { makeWalletWorld, PASSWORD, type World } from '../wallet/fakes.ts'

export { PASSWORD }

export interface TransferWorld {
  readonly wallet: World
  readonly ledger: TestLedger
  readonly outbox: Outbox & { readonly entries: Map<string, string> }
  /** Addresses of the development phrase. */
  readonly evm: `0x${string}`
  readonly solana: string
  /** A worker that starts over these stores. `overrides` break parts of it. */
  start(overrides?: Partial<TransfersDeps>): Transfers
  rows(): Promise<readonly Transfer[]>
  row(id: string): Promise<Transfer>
}

export async function makeTransferWorld(parts: {
  readonly chains: Chains
  readonly clock: { nowMs(): number }
}): Promise<TransferWorld> {
  const { world, wallet } = await makeWalletWorld('unlocked')
  const status = await wallet.status()
  if (status.kind !== 'unlocked' || !status.addresses.evm || !status.addresses.solana)
    throw new Error('no wallet')
  const ledger = await makeLedger()
  const outbox = makeOutbox()
  let ids = 0
  return {
    wallet: world,
    ledger,
    outbox,
    evm: status.addresses.evm,
    solana: status.addresses.solana,
    start: (overrides = {}) =>
      createTransfers({
        ledger: ledger.ledger,
        chains: parts.chains,
        wallet,
        outbox,
        clock: parts.clock,
        wake: async () => undefined,
        // A worker of these tests follows nothing by itself: `resume` is what is looked at.
        sleep: () => new Promise(() => undefined),
        newId: () => `id-${++ids}`,
        ...overrides,
      }),
    rows: () => ledger.ledger.listTransfers({ limit: 50 }),
    async row(id) {
      const rows = await ledger.ledger.listTransfers({ limit: 200 })
      const found = rows.find((row) => row.id === id)
      if (!found) throw new Error(`no transfer ${id}`)
      return found
    },
  }
}

/** Keeps JSON texts, as a browser's store does. */
function makeOutbox(): TransferWorld['outbox'] {
  const entries = new Map<string, string>()
  return {
    entries,
    load: async (id) => JSON.parse(entries.get(id) ?? 'null'),
    save: async (id, entry) => void entries.set(id, JSON.stringify(entry)),
    drop: async (id) => void entries.delete(id),
  }
}

/** Resumes until nothing is unfinished, at most for so many looks. */
export async function seeThrough(transfers: Transfers, looks = 100): Promise<void> {
  for (let look = 0; look < looks; look++) {
    if ((await transfers.resume()) === 0) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error('a transfer is still unfinished')
}
