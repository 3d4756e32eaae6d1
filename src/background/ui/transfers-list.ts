import { transferView } from '../views/transfer-view.ts'
import type { UiHandler } from './handler.ts'

/** Money sent out and allowances, newest first. */
export const transfersList: UiHandler<'transfers.list'> = async ({ ledger }, { limit, before }) => {
  const transfers = await ledger.listTransfers({ limit, ...(before === null ? {} : { before }) })
  return transfers.map(transferView)
}
