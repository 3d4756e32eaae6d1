import { openDB } from 'idb'
import { entriesBetween } from '../../src/ledger/entries.ts'
import { parsePayment } from '../../src/ledger/rows/payment-row.ts'
import { parseRequest } from '../../src/ledger/rows/request-row.ts'
import { parseTotal } from '../../src/ledger/rows/total-row.ts'

/** Everything in a ledger's database, store by store. */
export async function readEverything(name: string): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const database = await openDB(name)
  try {
    const stores = [...database.objectStoreNames]
    const rows = await Promise.all(stores.map((store) => database.getAll(store)))
    return Object.fromEntries(stores.map((store, index) => [store, rows[index] ?? []]))
  } finally {
    database.close()
  }
}

/**
 * Whether nothing is half-written: every request has its payment, every payment that nobody took over has its request,
 * and every day's sums are those of its rows.
 */
export async function auditDatabase(name: string): Promise<readonly string[]> {
  const rows = await readEverything(name)
  const payments = new Map((rows.payments ?? []).map(parsePayment).map((payment) => [payment.id, payment]))
  const requests = (rows.requests ?? []).map(parseRequest)
  const faults: string[] = []
  const sums = new Map<string, bigint>()
  const addUp = (key: string, amount: bigint) => sums.set(key, (sums.get(key) ?? 0n) + amount)

  for (const payment of payments.values()) {
    const own = requests.filter((request) => request.paymentId === payment.id)
    // One that was released gave its request to another payment; the chain may still show that it was taken.
    const isOver = payment.state === 'released' || payment.settledBy === 'chain'
    if (own.length === 0 && !isOver) faults.push(`${payment.id} has no request`)
    for (const entry of entriesBetween(null, { payment, requests: own })) {
      if (entry.scope !== 'all') continue
      const key = `${entry.currency} ${entry.startMs} ${entry.part ?? ''}`
      addUp(`${key} settled`, entry.settled)
      addUp(`${key} live`, entry.live)
      addUp(`${key} count`, BigInt(entry.count))
    }
  }
  for (const request of requests) {
    if (!payments.has(request.paymentId)) faults.push(`${request.id} has no payment`)
  }
  for (const total of (rows.totals ?? []).map(parseTotal)) {
    if (total.scope !== 'all') continue
    for (const part of [{ ...total, name: '' }, ...total.parts]) {
      const key = `${total.currency} ${total.startMs} ${part.name}`
      addUp(`${key} settled`, -part.settled)
      addUp(`${key} live`, -part.live)
      addUp(`${key} count`, -BigInt(part.count))
    }
  }
  for (const [key, difference] of sums) if (difference !== 0n) faults.push(`${key} differs by ${difference}`)
  return faults
}
