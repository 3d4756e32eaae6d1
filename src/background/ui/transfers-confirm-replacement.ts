import { transferView } from '../views/transfer-view.ts'
import type { UiHandler } from './handler.ts'

/** Signs and sends what takes the place of a transfer that hangs, after the password. */
export const transfersConfirmReplacement: UiHandler<'transfers.confirmReplacement'> = async (
  { transfers, box },
  params,
) => {
  const result = await transfers.confirmReplacement(params.reviewId, await box.open(params.password))
  return result.kind === 'wrong-password' ? { wrongPassword: true } : transferView(result.transfer)
}
