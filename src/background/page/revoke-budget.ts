import { CURRENCIES } from '../../domain/currency.ts'
import type { PageHandler } from './page-handler.ts'

/** `revokeBudget`: a page may give its budgets back; a pause or a block by the person stays. */
export const revokeBudget: PageHandler<'revokeBudget'> = async ({ ledger }, { origin }, { currency }) => {
  const grant = await ledger.getGrant(origin)
  if (grant === null || grant.mode === 'blocked') return null
  const named = CURRENCIES.filter((known) => grant.budgets[known] && (currency ?? known) === known)
  const isAll = named.length === Object.keys(grant.budgets).length
  if (isAll && grant.mode !== 'paused') await ledger.revoke(origin)
  else for (const each of named) await ledger.revoke(origin, each)
  return null
}
