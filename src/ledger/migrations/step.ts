import type { IDBPDatabase, IDBPTransaction } from 'idb'

/** The database between versions: its stores are not those of today's schema. */
export type MigrationDatabase = IDBPDatabase<unknown>
export type MigrationTransaction = IDBPTransaction<unknown, string[], 'versionchange'>
export type Step = (database: MigrationDatabase, transaction: MigrationTransaction) => void | Promise<void>
