import { gatewayView } from '../create-gateway-book.ts'
import type { UiHandler } from './handler.ts'

/** Switches a gateway on or off. */
export const gatewaysSetEnabled: UiHandler<'gateways.setEnabled'> = async ({ gateways }, { id, enabled }) => {
  await gateways.setEnabled(id, enabled)
  return (await gateways.configs()).map(gatewayView)
}
