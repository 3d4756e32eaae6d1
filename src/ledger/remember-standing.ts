import type { Grant, Guards } from '../domain/budget.ts'
import type { PinnedTerms } from '../domain/payment.ts'
import type { Principal } from '../domain/principal.ts'
import type { Ledger } from './ledger.ts'

type Standing = Pick<Ledger, 'getGrant' | 'getGuards' | 'getPins' | 'lastProofFailed'>

/**
 * The rows that every call looks at, kept in memory until the ledger says that they changed. What spends money does not
 * rest on them: reservation and presentation read grants and guards again in their own transaction.
 */
export function rememberStanding(ledger: Standing & Pick<Ledger, 'onChange'>): Standing {
  const grants = new Map<Principal, Promise<Grant | null>>()
  const pins = new Map<string, Promise<readonly PinnedTerms[]>>()
  const guards = new Map<'person', Promise<Guards>>()
  const proofs = new Map<string, Promise<boolean>>()

  ledger.onChange(({ kind }) => {
    // A grant takes its revision from the guards.
    if (kind === 'grant' || kind === 'guards') {
      grants.clear()
      guards.clear()
    }
    if (kind === 'pins') pins.clear()
    if (kind === 'proof') proofs.clear()
  })

  return {
    getGrant: (principal) => keep(grants, principal, () => ledger.getGrant(principal)),
    getGuards: () => keep(guards, 'person', ledger.getGuards),
    getPins: (gatewayId) => keep(pins, gatewayId, () => ledger.getPins(gatewayId)),
    lastProofFailed: (gatewayId) => keep(proofs, gatewayId, () => ledger.lastProofFailed(gatewayId)),
  }
}

/** Rows that are kept at most; there are few principals at a time. */
const MOST_KEPT = 200

/** A failed read is not kept. One that began before a change is dropped with the rest. */
function keep<Key, T>(known: Map<Key, Promise<T>>, key: Key, read: () => Promise<T>): Promise<T> {
  const value = known.get(key)
  if (value !== undefined) return value
  if (known.size >= MOST_KEPT) known.clear()
  const reading = read()
  known.set(key, reading)
  reading.catch(() => {
    if (known.get(key) === reading) known.delete(key)
  })
  return reading
}
