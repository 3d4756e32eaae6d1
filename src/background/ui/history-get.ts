import { historyRowView } from '../views/history-view.ts'
import type { UiHandler } from './handler.ts'

/** One request with its payment; null where it is not known. */
export const historyGet: UiHandler<'history.get'> = async ({ ledger, gateways, prompts }, { requestId }) => {
  const row = await ledger.getRequest(requestId)
  return row && historyRowView(row, { names: await gateways.names(), prompt: await prompts.get(requestId) })
}
