import type { MigrationDatabase } from './step.ts'

/** Version 1: the first stores. Frozen: whoever changes a store writes another step. */
export function createStores(database: MigrationDatabase): void {
  const payments = database.createObjectStore('payments', { keyPath: 'id' })
  payments.createIndex('open', 'openSinceMs')

  const requests = database.createObjectStore('requests', { keyPath: 'id' })
  requests.createIndex('key', ['principal', 'idempotencyKey'], { unique: true })
  requests.createIndex('payment', 'paymentId')
  requests.createIndex('recency', ['recency', 'id'])
  requests.createIndex('principal', ['principal', 'recency', 'id'])
  requests.createIndex('model', ['model', 'recency', 'id'])
  requests.createIndex('gateway', ['gatewayId', 'recency', 'id'])
  requests.createIndex('currency', ['currency', 'recency', 'id'])
  requests.createIndex('money', ['money', 'recency', 'id'])

  const transfers = database.createObjectStore('transfers', { keyPath: 'id' })
  transfers.createIndex('open', 'openSinceMs')
  transfers.createIndex('recency', ['recency', 'id'])

  database.createObjectStore('grants', { keyPath: 'principal' })
  database.createObjectStore('guards')
  database.createObjectStore('pins', { keyPath: ['gatewayId', 'network'] })
  database.createObjectStore('totals', { keyPath: ['scope', 'currency', 'kind', 'startMs'] })
  database.createObjectStore('meta')
}
