import { transferView } from '../views/transfer-view.ts'
import type { UiHandler } from './handler.ts'

/** Signs and sends exactly what was reviewed, after the password. */
export const transfersConfirm: UiHandler<'transfers.confirm'> = async ({ transfers, box }, params) => {
  const result = await transfers.confirm(params.reviewId, await box.open(params.password))
  return result.kind === 'wrong-password' ? { wrongPassword: true } : transferView(result.transfer)
}
