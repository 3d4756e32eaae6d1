import { type AtomicAmount, add, minimum, subtract, toAtomic, ZERO } from '../domain/amount.ts'
import type { Payment, RequestRow } from '../domain/payment.ts'

/** What a reported cost is booked as, in atomic units: at most what its request held, so that no budget is passed by a word. */
export function boundedWord(reported: AtomicAmount, request: RequestRow, payment: Payment): AtomicAmount {
  return minimum(reported, minimum(request.held, payment.maximum))
}

/**
 * The requests of a session as the chain's sum has them, oldest first. Less than was reported: each reported cost is cut
 * in proportion. More: requests without a report take what is left, each at most what it held; what nobody explains is
 * the gateway's, and the reported costs then stay its word.
 */
export function shareCharge(
  payment: Payment,
  charged: AtomicAmount,
  requests: readonly RequestRow[],
): readonly RequestRow[] {
  const words = requests.map((request) => wordOf(request, payment))
  const said = words.reduce<AtomicAmount>((sum, word) => add(sum, word ?? ZERO), ZERO)
  const costs =
    said > charged ? cutToCharge(words, { said, charged }) : withLeft(words, { said, charged, requests })
  const isExplained = costs.reduce<AtomicAmount>(add, ZERO) === charged
  return requests.map((request, index) => ({
    ...request,
    money: 'settled',
    cost: costs[index] ?? ZERO,
    settledBy: isExplained || (words[index] ?? null) === null ? 'chain' : 'gateway',
  }))
}

type Word = AtomicAmount | null

/** Rows of the first versions hold the gateway's word as their cost alone. */
function wordOf(request: RequestRow, payment: Payment): Word {
  const reported = request.reported ?? (request.settledBy === 'gateway' ? request.cost : null)
  return reported === null ? null : boundedWord(reported, request, payment)
}

/** Each takes its part of what is left for it and those after it: the parts add up to the charge, to the unit. */
function cutToCharge(
  words: readonly Word[],
  { said, charged }: { readonly said: AtomicAmount; readonly charged: AtomicAmount },
): readonly AtomicAmount[] {
  let [left, open] = [charged, said]
  return words.map((word) => {
    if (word === null || word === ZERO) return ZERO
    const cost = toAtomic((word * left) / open)
    left = subtract(left, cost)
    open = subtract(open, word)
    return cost
  })
}

function withLeft(
  words: readonly Word[],
  facts: {
    readonly said: AtomicAmount
    readonly charged: AtomicAmount
    readonly requests: readonly RequestRow[]
  },
): readonly AtomicAmount[] {
  let left = subtract(facts.charged, facts.said)
  return facts.requests.map((request, index) => {
    const word = words[index] ?? null
    if (word !== null) return word
    const cost = minimum(left, request.held)
    left = subtract(left, cost)
    return cost
  })
}
