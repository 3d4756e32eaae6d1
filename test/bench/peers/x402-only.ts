/** The stock x402 client and nothing else: what a page would bundle. */
import { makeStockFetch } from './make-stock-fetch.ts'

Object.assign(globalThis, { makeStockFetch })
