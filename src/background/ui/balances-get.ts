import type { UiHandler } from './handler.ts'

/** Balances as last read; with `refresh`, read anew first. */
export const balancesGet: UiHandler<'balances.get'> = async ({ balances }, { refresh }) => {
  if (refresh) await balances.refresh()
  return balances.views()
}
