import { formatAtomic } from '../../domain/amount.ts'
import type { Payment } from '../../domain/payment.ts'
import type { HistoryRow } from '../../ledger/ledger.ts'
import type { HistoryRowView, PaymentView } from '../../protocol/ui-views.ts'

/** A history row for a screen. `names`: gateway names by id; a removed gateway shows its id. */
export function historyRowView(
  { request, payment }: HistoryRow,
  facts: { readonly names: ReadonlyMap<string, string>; readonly prompt: string | null },
): HistoryRowView {
  return {
    id: request.id,
    principal: request.principal,
    gatewayId: request.gatewayId,
    gatewayName: facts.names.get(request.gatewayId) ?? request.gatewayId,
    model: request.model,
    currency: request.currency,
    expected: request.expected === null ? null : formatAtomic(request.expected),
    max: formatAtomic(request.max),
    cost: request.cost === null ? null : formatAtomic(request.cost),
    reported: request.reported === null ? null : formatAtomic(request.reported),
    held: formatAtomic(request.held),
    money: request.money,
    settledBy: request.settledBy,
    answer: request.answer,
    error: request.error,
    createdAtMs: request.createdAtMs,
    finishedAtMs: request.finishedAtMs,
    usage: request.usage,
    proof: request.proof,
    settlement: request.settlement,
    outsideBudget: request.budgetId === null,
    prompt: facts.prompt,
    payment: paymentView(payment),
  }
}

function paymentView(payment: Payment): PaymentView {
  const latest = payment.attempts.at(-1)
  const deadlines = payment.attempts.flatMap(({ validBefore }) => (validBefore === null ? [] : [validBefore]))
  return {
    id: payment.id,
    scheme: payment.scheme,
    network: payment.network,
    asset: payment.asset,
    payTo: latest?.payTo ?? payment.payTo,
    account: payment.account,
    maximum: formatAtomic(payment.maximum),
    state: payment.state,
    charged: payment.charged === null ? null : formatAtomic(payment.charged),
    settledBy: payment.settledBy,
    transaction: payment.transaction,
    reservedAtMs: payment.reservedAtMs,
    presentedAtMs: payment.attempts[0]?.presentedAtMs ?? null,
    endedAtMs: payment.endedAtMs,
    holdUntilMs: deadlines.length === 0 ? null : Math.max(...deadlines) * 1000,
    check: payment.check,
  }
}
