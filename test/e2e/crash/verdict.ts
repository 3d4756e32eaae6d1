/** What must be true of a row when every window is over, by the chain and the database alone. */
import { PUBLIC_ERRORS } from '../../../src/domain/errors.ts'
import type { Moved } from './chain-log.ts'
import type { RawPayment } from './raw-ledger.ts'
import type { Ending, Played } from './row.ts'

/** Everything that is wrong with the row, in words; empty: nothing. */
export function judgeRow(
  played: Played,
  facts: { readonly payments: readonly RawPayment[]; readonly moved: readonly Moved[] },
): readonly string[] {
  const own = facts.payments.filter(({ openedBy }) => openedBy.principal === played.site)
  const wrong = [
    ...judgeEnding('the call', played.ending),
    ...judgeEnding('its repeat', played.again),
    ...judgeEnding('another call', played.another),
    ...judgeWord(played),
    ...judgeCaps(played),
  ]
  const byRequest = new Map<string, number>()
  for (const payment of own) {
    const transfers = facts.moved.filter(({ nonce }) => nonce === payment.nonce)
    const { requestId } = payment.openedBy
    byRequest.set(requestId, (byRequest.get(requestId) ?? 0) + transfers.length)
    wrong.push(...judgePayment(payment, transfers))
  }
  for (const [id, count] of byRequest) if (count > 1) wrong.push(`request ${id} moved money ${count} times`)
  return wrong
}

/** How many transfers the chain saw for the row's site. */
export function countTransfers(
  { site }: Played,
  facts: { readonly payments: readonly RawPayment[]; readonly moved: readonly Moved[] },
): number {
  const nonces = facts.payments
    .filter(({ openedBy }) => openedBy.principal === site)
    .map(({ nonce }) => nonce)
  return facts.moved.filter(({ nonce }) => nonces.includes(nonce)).length
}

function judgeEnding(what: string, ending: Ending): readonly string[] {
  if (ending.kind !== 'error') return []
  const codes: Readonly<Record<string, number>> = PUBLIC_ERRORS
  return codes[ending.type] === ending.code ? [] : [`${what} ended in no error of the API: ${ending.message}`]
}

/** What the page was told about the money, and what had happened. */
function judgeWord({ ending, leftBefore }: Played): readonly string[] {
  if (ending.kind === 'answer' && leftBefore === 0) return ['an answer that nothing was signed for']
  if (ending.kind !== 'error') return []
  if (ending.charged === 'no' && leftBefore > 0) return ['"charged: no", but a signature had left']
  if (ending.charged === 'yes' && leftBefore === 0) return ['"charged: yes", but nothing had left']
  return []
}

function judgeCaps({ caps }: Played): readonly string[] {
  return caps.filter(({ cap, used }) => used > BigInt(cap)).map(({ cap, used }) => `used ${used} of ${cap}`)
}

function judgePayment(payment: RawPayment, transfers: readonly Moved[]): readonly string[] {
  const { state, settledBy, charged } = payment
  const [first] = transfers
  if (transfers.length > 1) return [`the nonce of ${payment.id} moved money ${transfers.length} times`]
  if (state === 'released') return first ? [`${payment.id} is released, but moved ${first.amount}`] : []
  if (state !== 'settled' || settledBy !== 'chain')
    return [`${payment.id} is stuck: ${state} by ${settledBy}`]
  if (!first) return [`${payment.id} is settled, but moved nothing`]
  return String(first.amount) === charged ? [] : [`${payment.id} moved ${first.amount}, not ${charged}`]
}
