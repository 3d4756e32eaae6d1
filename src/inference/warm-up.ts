/** What a signature will need, prepared while there is time: nothing here asks, decides, writes or throws. */

import { hasBudget } from '../domain/budget.ts'
import { SOLANA } from '../domain/network.ts'
import { PANEL, type Principal } from '../domain/principal.ts'
import type { Addresses } from '../wallet/wallet.ts'
import type { InferenceDeps } from './ports.ts'
import { accountOn, type Terms } from './terms.ts'

/** How often a blockhash is read anew while a question is on screen, ms: it is never older than a sixth of its life. */
const ANCHOR_EVERY_MS = 12_000

type WarmDeps = Pick<InferenceDeps, 'ledger' | 'wallet' | 'payments' | 'chains' | 'solanaRpcUrl' | 'clock'>

/** For whoever may pay without a question: keys, and the code and table that sign. */
export async function warmFor(deps: WarmDeps, principal: Principal): Promise<void> {
  const grant = await deps.ledger.getGrant(principal).catch(() => null)
  if (principal === PANEL || hasBudget(grant)) await deps.wallet.warm().catch(() => undefined)
}

/** For terms that are about to be signed: on Solana also a fresh blockhash and the mint, so that no RPC call is left to make. */
export async function warmTerms(deps: WarmDeps, terms: Terms, addresses: Addresses): Promise<void> {
  const { offer } = terms
  const account = accountOn(addresses, offer.asset.network)
  await deps.wallet.warm().catch(() => undefined)
  if (offer.asset.network !== SOLANA || account === null) return
  try {
    const [anchor, rpcUrl] = await Promise.all([
      deps.chains.solanaAnchor(ANCHOR_EVERY_MS),
      deps.solanaRpcUrl(),
    ])
    const { blockhash, lastValidBlockHeight } = anchor
    const solana = { blockhash, lastValidBlockHeight, rpcUrl }
    await deps.payments.warmSolana({ offer, account, nowMs: deps.clock.nowMs(), solana })
  } catch {
    // The signature asks for itself, and says what is wrong.
  }
}

/** While a person reads: at once, and again before the blockhash is old. Ends with the returned function. */
export function keepWarm(deps: WarmDeps, terms: Terms, addresses: Addresses): () => void {
  const reading = new AbortController()
  const { signal } = reading
  const warm = async () => {
    while (!signal.aborted) {
      await warmTerms(deps, terms, addresses)
      if (terms.offer.asset.network !== SOLANA) return
      await deps.clock.sleep(ANCHOR_EVERY_MS, signal)
    }
  }
  void warm()
  return () => reading.abort()
}
