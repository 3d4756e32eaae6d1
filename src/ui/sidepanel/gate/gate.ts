/** Why nothing can be asked right now, where there is a reason. What the person wrote is kept in every case. */
import { parseAtomic } from '../../../domain/amount.ts'
import type { BalanceView, HomeView, WalletView } from '../../../protocol/ui-views.ts'

export type Gate =
  | { readonly kind: 'open' }
  | { readonly kind: 'no-wallet' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'locked'; readonly retryAtMs: number | null }
  | { readonly kind: 'frozen' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'no-funds'; readonly wallet: WalletView }

/** The first thing that is in the way, in the order in which a person can do something about it. */
export function decideGate(
  home: Pick<HomeView, 'wallet' | 'frozen'> | null,
  facts: { readonly online: boolean; readonly balances: readonly BalanceView[] | null },
): Gate {
  if (!home) return { kind: 'open' }
  const { wallet } = home
  if (wallet.kind === 'none') return { kind: 'no-wallet' }
  if (wallet.kind === 'damaged') return { kind: 'damaged' }
  if (home.frozen) return { kind: 'frozen' }
  if (!facts.online) return { kind: 'offline' }
  if (isEmpty(facts.balances)) return { kind: 'no-funds', wallet }
  if (wallet.kind === 'locked') return { kind: 'locked', retryAtMs: wallet.retryAtMs }
  return { kind: 'open' }
}

/** Every balance that can pay was read, and none holds anything. What was never read is not taken for empty. */
export function isEmpty(balances: readonly BalanceView[] | null): boolean {
  const paying = balances?.filter(({ currency }) => currency !== null) ?? []
  return paying.length > 0 && paying.every(({ amount }) => amount !== null && parseAtomic(amount) === 0n)
}
