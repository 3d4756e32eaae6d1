/** Single reads over one Solana endpoint, each with the schema of its answer. All throw RpcError. */
import { z } from 'zod'
import type { Endpoint } from '../rpc/endpoint-pool.ts'
import { RpcError } from '../rpc/rpc-error.ts'

/** finalized: rooted, never undone. confirmed: voted for by two thirds of the stake. */
export type Commitment = 'confirmed' | 'finalized'

export interface Account {
  readonly lamports: bigint
  /** The program that owns it. */
  readonly owner: string
  readonly data: Uint8Array
}

export interface Blockhash {
  readonly blockhash: string
  readonly lastValidBlockHeight: number
}

export interface Height {
  readonly slot: number
  readonly blockHeight: number
}

export interface SignatureRow {
  readonly signature: string
  readonly slot: number
  readonly failed: boolean
  /** Unix seconds; null where the endpoint does not know. */
  readonly blockTime: number | null
}

export interface LandedTransaction {
  /** Wire bytes. */
  readonly wire: Uint8Array
  readonly failed: boolean
  /** Lamports. */
  readonly fee: bigint
}

/** A whole number that JSON.parse kept exactly. */
const whole = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)
const base58 = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,90}$/)
const base64 = z.tuple([z.string(), z.literal('base64')]).transform(([text], context) => {
  const data = fromBase64(text)
  if (data) return data
  context.addIssue({ code: 'custom', message: 'not base64' })
  return z.NEVER
})
const withContext = <T extends z.ZodTypeAny>(value: T) =>
  z.object({ context: z.object({ slot: whole }), value })
const error = z.unknown().transform((value) => value !== null && value !== undefined)

const account = z
  .object({ lamports: whole, owner: base58, data: base64 })
  .transform((read): Account => ({ ...read, lamports: BigInt(read.lamports) }))

/** Accounts in the order asked; null where there is none. All at one slot. */
export async function readAccounts(
  endpoint: Endpoint,
  addresses: readonly string[],
  commitment: Commitment = 'confirmed',
): Promise<readonly (Account | null)[]> {
  const { value } = await endpoint.call({
    method: 'getMultipleAccounts',
    params: [addresses, { commitment, encoding: 'base64' }],
    result: withContext(z.array(account.nullable())),
  })
  if (value.length !== addresses.length) throw new RpcError('malformed', 0, 'another number of accounts')
  return value
}

export async function readBlockhash(endpoint: Endpoint): Promise<Blockhash> {
  const { value } = await endpoint.call({
    method: 'getLatestBlockhash',
    params: [{ commitment: 'confirmed' }],
    result: withContext(z.object({ blockhash: base58, lastValidBlockHeight: whole })),
  })
  return value
}

/**
 * Whether a transaction with this blockhash can land no more, as far as this endpoint knows: neither its newest block nor
 * its newest finalized one takes it.
 */
export async function readIsBlockhashOver(endpoint: Endpoint, blockhash: string): Promise<boolean> {
  const read = (commitment: 'processed' | 'finalized') =>
    endpoint.call({
      method: 'isBlockhashValid',
      params: [blockhash, { commitment }],
      result: withContext(z.boolean()),
    })
  const [newest, rooted] = await Promise.all([read('processed'), read('finalized')])
  return !newest.value && !rooted.value
}

/** The newest finalized slot with its block height, read together. */
export async function readFinalizedHeight(endpoint: Endpoint): Promise<Height> {
  const read = await endpoint.call({
    method: 'getEpochInfo',
    params: [{ commitment: 'finalized' }],
    result: z.object({ absoluteSlot: whole, blockHeight: whole }),
  })
  return { slot: read.absoluteSlot, blockHeight: read.blockHeight }
}

/** Time of the newest finalized block, unix seconds: some 13 s behind the newest of all, and known to every node. */
export async function readFinalizedTime(endpoint: Endpoint): Promise<number> {
  const { slot } = await readFinalizedHeight(endpoint)
  return await endpoint.call({ method: 'getBlockTime', params: [slot], result: whole })
}

const signatureRow = z
  .object({ signature: base58, slot: whole, err: error, blockTime: whole.nullish() })
  .transform(
    (read): SignatureRow => ({
      signature: read.signature,
      slot: read.slot,
      failed: read.err,
      blockTime: read.blockTime ?? null,
    }),
  )

/** Transactions that name an account, newest first, from an endpoint that has reached `minContextSlot`. */
export function readSignatures(
  endpoint: Endpoint,
  address: string,
  page: { readonly limit: number; readonly minContextSlot: number; readonly before: string | null },
): Promise<readonly SignatureRow[]> {
  const { before, ...config } = page
  return endpoint.call({
    method: 'getSignaturesForAddress',
    params: [address, { commitment: 'confirmed', ...config, ...(before === null ? {} : { before }) }],
    result: z.array(signatureRow).max(page.limit),
  })
}

const landed = z.object({ transaction: base64, meta: z.object({ err: error, fee: whole }) }).transform(
  (read): LandedTransaction => ({
    wire: read.transaction,
    failed: read.meta.err,
    fee: BigInt(read.meta.fee),
  }),
)

/** Null where this endpoint has no such confirmed transaction. */
export function readLanded(endpoint: Endpoint, signature: string): Promise<LandedTransaction | null> {
  return endpoint.call({
    method: 'getTransaction',
    params: [signature, { commitment: 'confirmed', encoding: 'base64', maxSupportedTransactionVersion: 0 }],
    result: landed.nullable(),
  })
}

export type SignatureStatus = 'unknown' | 'processed' | 'confirmed' | 'failed'

/** Where one transaction is; 'failed' landed without effect. */
export async function readStatus(endpoint: Endpoint, signature: string): Promise<SignatureStatus> {
  const { value } = await endpoint.call({
    method: 'getSignatureStatuses',
    params: [[signature], { searchTransactionHistory: true }],
    result: withContext(
      z.array(z.object({ err: error, confirmationStatus: z.string().nullish() }).nullable()).length(1),
    ),
  })
  const [status] = value
  if (!status) return 'unknown'
  if (status.confirmationStatus !== 'confirmed' && status.confirmationStatus !== 'finalized')
    return 'processed'
  return status.err ? 'failed' : 'confirmed'
}

/** The oldest slot whose transactions this endpoint still has; null where it does not say. */
export async function readOldestSlot(endpoint: Endpoint): Promise<number | null> {
  try {
    return await endpoint.call({ method: 'getFirstAvailableBlock', params: [], result: whole })
  } catch (cause) {
    if (cause instanceof RpcError && cause.kind === 'refused' && cause.code === METHOD_NOT_FOUND) return null
    throw cause
  }
}

/** JSON-RPC 2.0, section 5.1. */
const METHOD_NOT_FOUND = -32_601

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
