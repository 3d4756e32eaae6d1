/** Decides from the chain whether a presented EVM payment was charged, can no longer be, or is still open. */
import type { ChainCheck, Payment } from '../../domain/payment.ts'
import type { PaymentFinding } from '../chains.ts'
import type { Endpoint, EndpointAnswer, EndpointPool } from '../rpc/endpoint-pool.ts'
import { isRefusal } from '../rpc/rpc-error.ts'
import { PERMIT2 } from './contracts.ts'
import { encodeCall } from './encode-call.ts'
import { readBlock, readWord } from './evm-reads.ts'
import { findSettlement, type Settlement } from './find-settlement.ts'

/** What one endpoint says of the nonce, and the time of the block at which it says so. */
interface NonceReading {
  readonly used: boolean
  /** Unix seconds. */
  readonly timestamp: number
}

/** Never throws for an endpoint's failure: that is a finding, and the payment stays open. */
export async function checkEvmPayment(
  pool: EndpointPool,
  payment: Payment,
  nowMs: number,
): Promise<PaymentFinding> {
  const open = (finding: ChainCheck['finding'], endpoints: number): PaymentFinding => ({
    kind: 'open',
    check: { atMs: nowMs, finding, endpoints },
  })
  if (payment.attempts.length === 0) return open('not-used-yet', 0)
  const answers = await pool.every((endpoint) => readNonce(endpoint, payment))
  const readings = answers.filter(isAnswered)
  const used = readings.filter((reading) => reading.value.used)
  if (readings.length === 0) return open('rpc-failed', 0)
  if (used.length > 0) {
    if (used.length < readings.length) return open('rpc-disagree', used.length)
    return await settleUsed(
      used.map((reading) => reading.endpoint),
      payment,
      { nowMs, set: answers.length },
    )
  }
  const windowEnd = Math.max(
    ...payment.attempts.map((attempt) => attempt.validBefore ?? Number.POSITIVE_INFINITY),
  )
  const past = readings.filter((reading) => reading.value.timestamp > windowEnd)
  if (past.length < readings.length) {
    return open(nowMs / 1000 <= windowEnd ? 'not-used-yet' : 'window-open', readings.length)
  }
  if (readings.length < answers.length) return open('rpc-failed', readings.length)
  return { kind: 'released', check: { atMs: nowMs, finding: 'expired-unused', endpoints: readings.length } }
}

/** State and time come from one block, so that "unused" is known to hold at that time. */
async function readNonce(endpoint: Endpoint, payment: Payment): Promise<NonceReading> {
  const latest = await readBlock(endpoint, 'latest')
  const read = () =>
    payment.method === 'permit2'
      ? readPermit2Bit(endpoint, payment, latest.number)
      : readAuthorizationState(endpoint, payment, latest.number)
  // Behind one URL there may be several nodes, and the one that answers now may not have that block yet.
  const used = await read().catch((error: unknown) => (isRefusal(error) ? read() : Promise.reject(error)))
  return { used, timestamp: latest.timestamp }
}

async function readAuthorizationState(endpoint: Endpoint, payment: Payment, at: bigint): Promise<boolean> {
  const data = encodeCall('authorizationState(address,bytes32)', payment.account, payment.nonce ?? '')
  return (await readWord(endpoint, { to: payment.asset, data }, at)) !== 0n
}

/** Permit2 keeps 256 nonces to a word: the lowest byte is the bit, the rest the word's position. */
async function readPermit2Bit(endpoint: Endpoint, payment: Payment, at: bigint): Promise<boolean> {
  const nonce = BigInt(payment.nonce ?? '0')
  const data = encodeCall('nonceBitmap(address,uint256)', payment.account, nonce >> 8n)
  const word = await readWord(endpoint, { to: PERMIT2, data }, at)
  return ((word >> (nonce & 0xffn)) & 1n) === 1n
}

/**
 * One endpoint may say that the whole maximum was charged: that frees nothing. A smaller charge, or a cancellation, gives
 * the rest back, so it counts only where every endpoint that is set has found the same.
 */
async function settleUsed(
  endpoints: readonly Endpoint[],
  payment: Payment,
  facts: { readonly nowMs: number; readonly set: number },
): Promise<PaymentFinding> {
  const searches = await Promise.all(
    endpoints.map((endpoint) => findSettlement(endpoint, payment).catch(() => null)),
  )
  const said = searches.filter((search): search is Settlement => search !== null)
  const check = (finding: ChainCheck['finding'], agreeing: number): ChainCheck => ({
    atMs: facts.nowMs,
    finding,
    endpoints: agreeing,
  })
  const [first] = said.filter((search) => search.kind !== 'missing')
  if (said.length === 0) return { kind: 'open', check: check('rpc-failed', 0) }
  if (!first) return { kind: 'open', check: check('used-transfer-missing', said.length) }
  const agreeing = said.filter((search) => isSame(search, first))
  const differing = said.filter((search) => search.kind !== 'missing' && !isSame(search, first))
  if (differing.length > 0) return { kind: 'open', check: check('rpc-disagree', agreeing.length) }
  const givesBack = first.kind === 'cancelled' || first.charged < payment.maximum
  if (givesBack && agreeing.length < facts.set) {
    const finding = agreeing.length < said.length ? 'rpc-disagree' : 'rpc-failed'
    return { kind: 'open', check: check(finding, agreeing.length) }
  }
  return first.kind === 'cancelled'
    ? { kind: 'released', check: check('used-cancelled', agreeing.length) }
    : { ...first, kind: 'settled', check: check('used-transfer-found', agreeing.length) }
}

function isSame(a: Settlement, b: Settlement): boolean {
  if (a.kind !== 'found' || b.kind !== 'found') return a.kind === b.kind
  return a.charged === b.charged && a.transaction === b.transaction
}

function isAnswered<T>(
  answer: EndpointAnswer<T>,
): answer is Extract<EndpointAnswer<T>, { kind: 'answered' }> {
  return answer.kind === 'answered'
}
