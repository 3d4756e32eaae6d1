import { openDB } from 'idb'

/** A whole database as JSON: its version, and each store with its key path, its indexes and its rows. */
export interface DatabaseFixture {
  readonly version: number
  readonly stores: readonly StoreFixture[]
}

interface StoreFixture {
  readonly name: string
  readonly keyPath: string | string[] | null
  readonly indexes: readonly {
    readonly name: string
    readonly keyPath: string | string[]
    readonly unique: boolean
  }[]
  /** The key apart from the row only in stores without a key path. */
  readonly rows: readonly { readonly key?: IDBValidKey; readonly row: unknown }[]
}

/** Builds a database as the fixture has it, without any of the ledger's own code. */
export async function loadFixture(name: string, fixture: DatabaseFixture): Promise<void> {
  const database = await openDB(name, fixture.version, {
    upgrade(opened) {
      for (const store of fixture.stores) {
        const made = opened.createObjectStore(store.name, { keyPath: store.keyPath })
        for (const index of store.indexes)
          made.createIndex(index.name, index.keyPath, { unique: index.unique })
      }
    },
  })
  for (const store of fixture.stores) {
    for (const { key, row } of store.rows) await database.put(store.name, row, key)
  }
  database.close()
}

/** Writes a database down, for a fixture of a new version. */
export async function saveFixture(name: string): Promise<DatabaseFixture> {
  const database = await openDB(name)
  const names = [...database.objectStoreNames]
  const stores = await Promise.all(
    names.map(async (store): Promise<StoreFixture> => {
      const tx = database.transaction(store)
      const indexes = [...tx.store.indexNames].map((index) => {
        const { keyPath, unique } = tx.store.index(index)
        return { name: index, keyPath, unique }
      })
      const keyPath = tx.store.keyPath as string | string[] | null
      const [keys, rows] = await Promise.all([tx.store.getAllKeys(), tx.store.getAll()])
      return {
        name: store,
        keyPath,
        indexes,
        rows: rows.map((row, index) => (keyPath === null ? { key: keys[index] ?? '', row } : { row })),
      }
    }),
  )
  const { version } = database
  database.close()
  return { version, stores }
}
