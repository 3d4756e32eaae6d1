import type { DBSchema, IDBPDatabase } from 'idb'
import type { StoredGrant } from './rows/grant-row.ts'
import type { StoredGuards } from './rows/guards-row.ts'
import type { StoredPayment } from './rows/payment-row.ts'
import type { StoredPin } from './rows/pin-row.ts'
import type { StoredRequest } from './rows/request-row.ts'
import type { StoredTotal, TotalKey } from './rows/total-row.ts'
import type { StoredTransfer } from './rows/transfer-row.ts'

export const LEDGER_DATABASE = 'x402-chat-ledger'

/** Where a row is in the newest-first order: its time, negated, then its id. */
export type Recency = [recency: number, id: string]

/** The stores as of the newest version; how they came about is in `migrations/`. */
export interface LedgerSchema extends DBSchema {
  payments: {
    key: string
    value: StoredPayment
    /** `open` holds only payments whose end is not proven, by the time of reservation. */
    indexes: { open: number }
  }
  requests: {
    key: string
    value: StoredRequest
    indexes: {
      key: [principal: string, idempotencyKey: string]
      payment: string
      recency: Recency
      principal: [principal: string, ...Recency]
      model: [model: string, ...Recency]
      gateway: [gatewayId: string, ...Recency]
      currency: [currency: string, ...Recency]
      money: [money: string, ...Recency]
      /** Only requests whose cost is known. */
      dearest: [currency: string, costText: string]
    }
  }
  transfers: {
    key: string
    value: StoredTransfer
    indexes: { open: number; recency: Recency }
  }
  grants: { key: string; value: StoredGrant }
  /** One row, under the key `person`. */
  guards: { key: string; value: StoredGuards }
  pins: { key: [gatewayId: string, network: string]; value: StoredPin }
  totals: { key: TotalKey; value: StoredTotal }
  /** `proof:<gateway>`: whether its newest proof failed. */
  meta: { key: string; value: unknown }
}

export type LedgerDatabase = IDBPDatabase<LedgerSchema>
export const STORES = [
  'payments',
  'requests',
  'transfers',
  'grants',
  'guards',
  'pins',
  'totals',
  'meta',
] as const
export type StoreName = (typeof STORES)[number]
