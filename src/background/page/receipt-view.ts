import type { HistoryRow } from '../../ledger/ledger.ts'
import { moneyView } from './money-view.ts'

/** A request of the page's own origin as its receipt. */
export function receiptView({ request, payment }: HistoryRow) {
  const { currency, network, cost, usage } = request
  return {
    id: request.id,
    at: new Date(request.createdAtMs).toISOString(),
    model: request.model,
    gateway: request.gatewayId,
    outcome: request.money,
    quoted: moneyView(request.max, currency, network),
    charged: cost === null ? null : moneyView(cost, currency, network),
    // One `upto` transaction pays for requests of several sites: it is nobody's own fact.
    transaction: payment.scheme === 'upto' ? null : payment.transaction,
    settledBy: request.settledBy,
    usage: usage && {
      prompt_tokens: usage.promptTokens,
      completion_tokens: usage.completionTokens,
      total_tokens: usage.totalTokens,
    },
    settlement: request.settlement,
    proof: request.proof,
  }
}
