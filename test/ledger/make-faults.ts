import 'fake-indexeddb/auto'

/** What happens at the request of that number, counted from 1 over all requests of the database. */
export interface Fault {
  readonly at: number
  /** abort: the transaction is gone, as when the worker dies. quota: the disk is full. */
  readonly kind: 'abort' | 'quota'
}

let fault: Fault | null = null
let seen = 0

/** Lets the work meet the fault, and says how many requests it made. */
export async function withFault<T>(
  planned: Fault | null,
  work: () => Promise<T>,
): Promise<{ value: T; requests: number }> {
  install()
  fault = planned
  seen = 0
  try {
    return { value: await work(), requests: seen }
  } finally {
    fault = null
  }
}

/** How many requests some work makes. */
export async function countRequests(work: () => Promise<unknown>): Promise<number> {
  return (await withFault(null, work)).requests
}

function meet(transaction: IDBTransaction): void {
  seen += 1
  if (fault === null || seen !== fault.at) return
  if (fault.kind === 'quota') throw new DOMException('The disk is full', 'QuotaExceededError')
  queueMicrotask(() => {
    try {
      transaction.abort()
    } catch {
      // It has ended already: then it was not hit.
    }
  })
}

let isInstalled = false

function install(): void {
  if (isInstalled) return
  isInstalled = true
  for (const name of ['put', 'add', 'get', 'getAll', 'delete', 'clear'] as const) {
    const real = IDBObjectStore.prototype[name] as (...args: unknown[]) => IDBRequest
    Object.defineProperty(IDBObjectStore.prototype, name, {
      configurable: true,
      writable: true,
      value(this: IDBObjectStore, ...args: unknown[]) {
        meet(this.transaction)
        return real.apply(this, args)
      },
    })
  }
  for (const name of ['get', 'getAll'] as const) {
    const real = IDBIndex.prototype[name] as (...args: unknown[]) => IDBRequest
    Object.defineProperty(IDBIndex.prototype, name, {
      configurable: true,
      writable: true,
      value(this: IDBIndex, ...args: unknown[]) {
        meet(this.objectStore.transaction)
        return real.apply(this, args)
      },
    })
  }
}
