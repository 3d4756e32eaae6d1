import { gatewayView } from '../create-gateway-book.ts'
import { readExtraHeaders } from '../read-extra-headers.ts'
import type { UiHandler } from './handler.ts'

/** Adds or edits a gateway. An edit keeps its switch and the header values that are not given anew; another address drops its pinned terms. */
export const gatewaysSave: UiHandler<'gateways.save'> = async ({ gateways, ledger }, { gateway }) => {
  const before = (await gateways.configs()).find(({ id }) => id === gateway.id)
  await gateways.save({
    ...gateway,
    extraHeaders: readExtraHeaders(gateway.extraHeaders, before?.extraHeaders ?? {}),
  })
  const after = await gateways.configs()
  const saved = after.find(({ id }) => id === gateway.id)
  if (before && saved && before.baseUrl !== saved.baseUrl) await ledger.dropPins(before.id)
  if (before?.enabled === false && saved?.enabled) {
    await gateways.setEnabled(saved.id, false)
    return (await gateways.configs()).map(gatewayView)
  }
  return after.map(gatewayView)
}
