import type { EvmSigning } from './evm-signing.ts'
import type { Keyring } from './keyring.ts'

let table: Promise<unknown> | undefined

/** Loads what signs, builds its table and opens the keys, so that the next signature costs none of it; never throws. */
export async function warmUp(keyring: Keyring, evm: () => EvmSigning): Promise<void> {
  // The keys first: they are read while the table is built.
  const keys = keyring.require()
  // In a turn of its own: what made the signature likely (a call, an unlock) goes on first.
  table ??= new Promise((resolve) => setTimeout(resolve, 0)).then(() => evm().buildTable())
  await Promise.allSettled([keys, table])
}
