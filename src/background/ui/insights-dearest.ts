import { historyRowView } from '../views/history-view.ts'
import type { UiHandler } from './handler.ts'

const DAY_MS = 86_400_000

/** The request that cost most in one currency in the last days. Null: none. */
export const insightsDearest: UiHandler<'insights.dearest'> = async (
  { ledger, gateways, clock },
  { days, currency },
) => {
  const row = await ledger.dearest(currency, clock.nowMs() - days * DAY_MS)
  return row && historyRowView(row, { names: await gateways.names(), prompt: null })
}
