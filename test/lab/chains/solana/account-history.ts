import type { Address, EncodedAccount } from '@solana/kit'

/** Remembers what accounts held before recent blocks, so that they can be read at an older commitment. */
export interface AccountHistory {
  /** Notes what an account held (null: it was not there) before a transaction of this slot changed it. */
  note(slot: number, address: Address, before: EncodedAccount | null): void
  /** The account as of the end of a slot, or undefined where it has not changed since. */
  at(address: Address, slot: number): EncodedAccount | null | undefined
  /** Forgets an account's past: what it holds now counts at every commitment. */
  forget(address: Address): void
  /** Forgets what lies at or before a slot. */
  prune(slot: number): void
  /** Accounts that changed lately. */
  changed(): Address[]
}

/** Makes an empty history. */
export function createAccountHistory(): AccountHistory {
  const entries = new Map<Address, { slot: number; before: EncodedAccount | null }[]>()
  return {
    note(slot, address, before) {
      const list = entries.get(address) ?? []
      list.push({ slot, before })
      entries.set(address, list)
    },
    at: (address, slot) => entries.get(address)?.find((entry) => entry.slot > slot)?.before,
    forget: (address) => void entries.delete(address),
    prune(slot) {
      for (const [address, list] of entries) {
        const kept = list.filter((entry) => entry.slot > slot)
        if (kept.length > 0) entries.set(address, kept)
        else entries.delete(address)
      }
    },
    changed: () => [...entries.keys()],
  }
}
