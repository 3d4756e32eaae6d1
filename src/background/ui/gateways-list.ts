import { gatewayView } from '../create-gateway-book.ts'
import type { UiHandler } from './handler.ts'

/** Every gateway, those that ship first. */
export const gatewaysList: UiHandler<'gateways.list'> = async ({ gateways }) =>
  (await gateways.configs()).map(gatewayView)
