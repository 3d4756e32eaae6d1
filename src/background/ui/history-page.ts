import { readHistoryFilter } from '../read-history-filter.ts'
import { historyRowView } from '../views/history-view.ts'
import type { UiHandler } from './handler.ts'

/** One page of requests with their payments, newest first. */
export const historyPage: UiHandler<'history.page'> = async (
  { ledger, gateways, prompts },
  { filter, limit, before },
) => {
  const names = await gateways.names()
  const page = await ledger.history(readHistoryFilter(filter, names), {
    limit,
    ...(before === null ? {} : { before }),
  })
  const rows = page.rows.map(async (row) =>
    historyRowView(row, { names, prompt: await prompts.get(row.request.id) }),
  )
  return { rows: await Promise.all(rows), next: page.next }
}
