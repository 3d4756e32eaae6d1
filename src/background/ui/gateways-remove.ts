import { gatewayView } from '../create-gateway-book.ts'
import type { UiHandler } from './handler.ts'

/** Removes a gateway that the person added; its history stays. */
export const gatewaysRemove: UiHandler<'gateways.remove'> = async ({ gateways, ledger }, { id }) => {
  await gateways.remove(id)
  await ledger.dropPins(id)
  return (await gateways.configs()).map(gatewayView)
}
