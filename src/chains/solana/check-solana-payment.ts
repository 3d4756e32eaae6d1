/** Decides from the chain whether a presented Solana payment was charged, can no longer be, or is still open. */
import type { ChainCheck, Payment, SignedAttempt } from '../../domain/payment.ts'
import type { PaymentFinding } from '../chains.ts'
import type { Endpoint, EndpointPool } from '../rpc/endpoint-pool.ts'
import { RpcError } from '../rpc/rpc-error.ts'
import type { LandedLookup } from './landed-lookup.ts'
import { readPayloadBlockhash } from './read-payload-blockhash.ts'
import { type SearchBounds, searchBounds } from './search-bounds.ts'
import {
  type Height,
  readFinalizedHeight,
  readIsBlockhashOver,
  readOldestSlot,
  readSignatures,
  type SignatureRow,
} from './solana-reads.ts'
import { findTokenAccount } from './token-account.ts'

const PAGE = 200
const MAX_PAGES = 25

interface Reading {
  /** The finalized height is past the stated end, and the endpoint itself takes the blockhash no more. */
  readonly isOver: boolean
  readonly match: { readonly attempt: SignedAttempt; readonly transaction: string } | null
  /** Whether this endpoint would still know a transaction of that time. */
  readonly remembers: boolean
}

/**
 * A transaction that carries our own signature is ours and no other: it signs payee, amount and blockhash. Its finding
 * counts from one endpoint; its absence only from all of them, since endpoints forget.
 */
export async function checkSolanaPayment(
  pool: EndpointPool,
  payment: Payment,
  facts: { readonly nowMs: number; readonly landed: LandedLookup },
): Promise<PaymentFinding> {
  const check = (finding: ChainCheck['finding'], endpoints: number): ChainCheck => ({
    atMs: facts.nowMs,
    finding,
    endpoints,
  })
  if (payment.attempts.length === 0) return { kind: 'open', check: check('not-used-yet', 0) }
  const source = await findTokenAccount(payment.account, payment.asset)
  const answers = await pool.every((endpoint) => readEndpoint(endpoint, { payment, source, ...facts }))
  const readings = answers.flatMap((answer) => (answer.kind === 'answered' ? [answer.value] : []))
  const matches = readings.flatMap((reading) => (reading.match ? [reading.match] : []))
  const [match] = matches
  if (match) {
    return {
      kind: 'settled',
      charged: match.attempt.amount,
      transaction: match.transaction,
      check: check('used-transfer-found', matches.length),
    }
  }
  const over = readings.filter((reading) => reading.isOver)
  if (readings.length === 0) return { kind: 'open', check: check('rpc-failed', 0) }
  if (over.length === 0) return { kind: 'open', check: check('not-used-yet', readings.length) }
  if (over.length < readings.length) return { kind: 'open', check: check('window-open', readings.length) }
  if (readings.length < answers.length) return { kind: 'open', check: check('rpc-failed', readings.length) }
  // An endpoint that forgot agrees to nothing.
  if (!readings.every((reading) => reading.remembers)) {
    return { kind: 'open', check: check('used-transfer-missing', readings.length) }
  }
  return { kind: 'released', check: check('expired-unused', readings.length) }
}

interface Search {
  readonly payment: Payment
  readonly source: string
  readonly nowMs: number
  readonly landed: LandedLookup
}

/** The height first: what could land by then is in the history that an endpoint at that slot or later gives. */
async function readEndpoint(endpoint: Endpoint, search: Search): Promise<Reading> {
  const height = await readFinalizedHeight(endpoint)
  const bounds = searchBounds(search.payment, height, search.nowMs)
  // Before the history is read: whatever landed while the blockhash was taken is then in it.
  const isOver = height.blockHeight > bounds.end && (await areBlockhashesOver(endpoint, search.payment))
  const match =
    (await matchReported(endpoint, search)) ?? (await matchHistory(endpoint, search, { bounds, height }))
  const remembers = match !== null || (await isRemembered(endpoint, bounds))
  return { isOver, match, remembers }
}

/** The stated height is one endpoint's word; each endpoint is asked about the blockhash itself. */
async function areBlockhashesOver(endpoint: Endpoint, payment: Payment): Promise<boolean> {
  for (const { payload } of payment.attempts) {
    const blockhash = readPayloadBlockhash(payload)
    if (blockhash === null || !(await readIsBlockhashOver(endpoint, blockhash))) return false
  }
  return true
}

/** The gateway's word is a hint where to look first, nothing more. */
async function matchReported(endpoint: Endpoint, search: Search): Promise<Reading['match']> {
  const reported = search.payment.transaction
  if (reported === null || !/^[1-9A-HJ-NP-Za-km-z]{64,90}$/.test(reported)) return null
  try {
    const match = await matchTransaction(endpoint, search, reported)
    return match === 'not-there' ? null : match
  } catch (error) {
    // A made-up id may be refused as malformed: then the history decides.
    if (error instanceof RpcError && error.kind === 'refused') return null
    throw error
  }
}

async function matchHistory(
  endpoint: Endpoint,
  search: Search,
  { bounds, height }: { readonly bounds: SearchBounds; readonly height: Height },
): Promise<Reading['match']> {
  let before: string | null = null
  for (let page = 0; page < MAX_PAGES; page++) {
    const rows: readonly SignatureRow[] = await readSignatures(endpoint, search.source, {
      limit: PAGE,
      minContextSlot: height.slot,
      before,
    })
    for (const row of rows) {
      if (row.failed || bounds.isBefore(row) || bounds.isAfter(row)) continue
      const match = await matchTransaction(endpoint, search, row.signature)
      if (match === 'not-there') throw new RpcError('malformed', 0, 'a listed transaction is not there')
      if (match) return match
    }
    const last = rows.at(-1)
    if (!last || rows.length < PAGE || bounds.isBefore(last)) return null
    before = last.signature
  }
  throw new RpcError('malformed', 0, 'history too long')
}

async function matchTransaction(
  endpoint: Endpoint,
  search: Search,
  id: string,
): Promise<Reading['match'] | 'not-there'> {
  const landed = await search.landed.read(endpoint, id)
  if (landed === null) return 'not-there'
  if (landed.failed) return null
  const attempt = search.payment.attempts.find((signed) => landed.signatures.includes(signed.signature))
  return attempt ? { attempt, transaction: landed.id } : null
}

async function isRemembered(endpoint: Endpoint, bounds: SearchBounds): Promise<boolean> {
  if (bounds.oldestNeeded === null) return true
  const oldest = await readOldestSlot(endpoint)
  return oldest !== null && oldest <= bounds.oldestNeeded
}
