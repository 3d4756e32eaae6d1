import { describe, expect, it } from 'vitest'
import { parsePayment, toStoredPayment } from '../../src/ledger/rows/payment-row.ts'
import { EMPTY_DUMP, FakeLedger, makeProfile, PASSPHRASE } from './fakes.ts'
import { makeStoredRows } from './stored-rows.ts'

/** What the ledger is made for. */
const ROWS = 100_000
const MIB = 1024 * 1024

describe('a backup of 100,000 settled payments (once too large to be restored, then to be made)', () => {
  it('comes back row by row', async () => {
    const { payments, requests } = makeStoredRows(ROWS)
    const from = makeProfile({ ledger: new FakeLedger({ ...EMPTY_DUMP, payments, requests }) })
    const file = await from.backup.exportFile(PASSPHRASE)
    expect(file.length).toBeLessThan(128 * MIB)
    const ledger = new FakeLedger()
    await makeProfile({ ledger }).backup.restore(file, PASSPHRASE, { replaceWallet: false })
    const [merged] = ledger.merged
    expect(merged?.requests.length).toBe(ROWS)
    expect(merged?.payments.length).toBe(ROWS)
    for (const index of [0, 1, 49_999, ROWS - 1]) {
      const original = parsePayment(payments[index])
      const attempts = original.attempts.map((attempt) => ({ ...attempt, payload: '' }))
      expect(merged?.payments[index]).toEqual(toStoredPayment({ ...original, attempts }))
      expect(merged?.requests[index]).toEqual(requests[index])
    }
  })
})
