import type { IDBPTransaction } from 'idb'
import { ChatError, isChatError } from '../domain/errors.ts'
import { createConnection, nameOf } from './connection.ts'
import type { LedgerChange } from './ledger.ts'
import type { LedgerDeps } from './ports.ts'
import type { LedgerSchema, StoreName } from './schema.ts'

/** A readonly transaction over some of the stores; asking it for another store throws. */
export type ReadTx = IDBPTransaction<LedgerSchema, StoreName[], 'readonly' | 'readwrite'>
export type WriteTx = IDBPTransaction<LedgerSchema, StoreName[], 'readwrite'>

/** strict: on the disk before the call returns. relaxed: may be lost with the machine's power, never torn. */
export type Durability = 'strict' | 'relaxed'

/** Says what was changed; listeners hear it after the transaction has completed, never before. */
export type NoteChange = (change: LedgerChange) => void

export interface Transactor {
  read<T>(stores: readonly StoreName[], work: (tx: ReadTx) => Promise<T>): Promise<T>
  write<T>(
    stores: readonly StoreName[],
    durability: Durability,
    work: (tx: WriteTx, note: NoteChange) => Promise<T>,
  ): Promise<T>
  onChange(listener: (change: LedgerChange) => void): () => void
}

/**
 * Runs work in one IndexedDB transaction each: all of it is written, or nothing. Whatever goes wrong (a database that
 * does not open, a full disk, an aborted transaction, a row that does not parse) rejects with ChatError 'ledger-failed',
 * and the next call opens the database anew where it has to.
 */
export function createTransactor(deps: Pick<LedgerDeps, 'openDatabase'>): Transactor {
  const listeners = new Set<(change: LedgerChange) => void>()
  const connection = createConnection(deps.openDatabase)

  return {
    async read(stores, work) {
      try {
        const tx = await connection.use((database) => database.transaction([...stores], 'readonly'))
        // Nothing is written, so what was read is good however the transaction ends.
        tx.done.catch(() => undefined)
        return await work(tx)
      } catch (cause) {
        throw asLedgerError(cause)
      }
    },
    async write(stores, durability, work) {
      const changes: LedgerChange[] = []
      try {
        const tx = await connection.use((database) =>
          database.transaction([...stores], 'readwrite', { durability }),
        )
        const result = await settle(
          tx,
          work(tx, (change) => changes.push(change)),
        )
        announce(changes, listeners)
        return result
      } catch (cause) {
        throw asLedgerError(cause)
      }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A store of a transaction that writes. */
export interface Addable<Row, Key> {
  put(row: Row, key?: Key): Promise<unknown>
  add(row: Row): Promise<unknown>
}

/**
 * Writes a row without waiting: the transaction's own end is what is awaited, and a put that fails aborts it. Throws
 * at once for a row that cannot be stored.
 */
export function put<Row, Key>(store: Pick<Addable<Row, Key>, 'put'>, row: Row, key?: Key): void {
  const written = key === undefined ? store.put(row) : store.put(row, key)
  written.catch(() => undefined)
}

/** As `put`, but a row that is there already aborts the transaction. */
export function add<Row, Key>(store: Pick<Addable<Row, Key>, 'add'>, row: Row): void {
  store.add(row).catch(() => undefined)
}

interface Finishable {
  readonly done: Promise<void>
  abort(): void
  commit(): void
}

/** Commits when the work is done, takes everything back when it fails. */
async function settle<T>(tx: Finishable, work: Promise<T>): Promise<T> {
  // The outcome is awaited below; without this an abort during the work would be reported as unhandled.
  tx.done.catch(() => undefined)
  try {
    const result = await work
    tx.commit()
    await tx.done
    return result
  } catch (error) {
    abortQuietly(tx)
    throw error
  }
}

/** The transaction may have aborted by itself already, which is what is wanted. */
function abortQuietly(tx: Finishable): void {
  try {
    tx.abort()
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
}

function announce(
  changes: readonly LedgerChange[],
  listeners: ReadonlySet<(change: LedgerChange) => void>,
): void {
  for (const change of changes) for (const listener of listeners) queueMicrotask(() => listener(change))
}

function asLedgerError(cause: unknown): ChatError {
  if (isChatError(cause)) return cause
  const name = nameOf(cause)
  const facts = name === 'QuotaExceededError' ? { error: name, problem: 'ledger-full' } : { error: name }
  return new ChatError('ledger-failed', facts, { cause })
}
