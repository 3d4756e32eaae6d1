import type { EvmSigning } from './evm-signing.ts'
import type { Keyring } from './keyring.ts'

/**
 * How long after a signature became likely its table is built, ms. A person reads for longer than that; a payment that
 * nobody is asked about is on its way by then, and does not wait for a table that it needs no more.
 */
const TABLE_AFTER_MS = 500

let prepared: Promise<void> | undefined

async function prepareSigning({ rehearse, buildTable }: EvmSigning): Promise<void> {
  // In a turn of its own, while stores and databases are opened: what made the signature likely asks for those first.
  await pause(0)
  rehearse()
  await pause(TABLE_AFTER_MS)
  buildTable()
}

/** Opens the keys and loads what signs, so that the next signature costs none of it; its table follows. Never throws. */
export async function warmUp(keyring: Keyring, evm: () => EvmSigning): Promise<void> {
  const keys = keyring.require()
  keys.catch(() => undefined)
  try {
    prepared ??= prepareSigning(evm())
    prepared.catch(() => undefined)
    await keys
  } catch {
    // The signature asks for itself, and says what is wrong.
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
