import { PANEL } from '../../domain/principal.ts'
import type { UiHandler } from '../ui/handler.ts'
import { historyRowView } from '../views/history-view.ts'

/** What the panel's own requests cost and proved, as the ledger has it now. */
export const chatReceipts: UiHandler<'chat.receipts'> = async ({ ledger, gateways }, { requestIds }) => {
  const [names, rows] = await Promise.all([
    gateways.names(),
    Promise.all(requestIds.map((id) => ledger.getRequest(id))),
  ])
  return rows.flatMap((row) =>
    row?.request.principal === PANEL ? [historyRowView(row, { names, prompt: null })] : [],
  )
}
