import type { UiHandler } from './handler.ts'

/** Names seen so far, for filters; a removed gateway is named by its id. */
export const historySeen: UiHandler<'history.seen'> = async ({ ledger, gateways }) => {
  const [seen, names] = await Promise.all([ledger.seen(), gateways.names()])
  return { ...seen, gateways: seen.gateways.map((id) => ({ id, name: names.get(id) ?? id })) }
}
