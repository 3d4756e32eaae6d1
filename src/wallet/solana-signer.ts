import { address as parseAddress, signBytes } from '@solana/kit'
import { ChatError } from '../domain/errors.ts'
import type { Keyring } from './keyring.ts'
import type { SolanaSigner } from './wallet.ts'

/** Adds our signature to transactions that name us as a signer, by WebCrypto's Ed25519 with a key that cannot be exported. */
export function createSolanaSigner(text: string, keyring: Keyring): SolanaSigner {
  const address = parseAddress(text)
  return {
    address,
    async signTransactions(transactions, config) {
      return Promise.all(
        transactions.map(async (transaction) => {
          if (!(address in transaction.signatures)) {
            throw new ChatError('signature-mismatch', { problem: 'not-a-signer' })
          }
          const keys = await keyring.require()
          const key = keys.solanaKey()
          if (key === null || keys.addresses.solana !== address) throw new ChatError('wallet-locked')
          config?.abortSignal?.throwIfAborted()
          return Object.freeze({ [address]: await signBytes(key, transaction.messageBytes) })
        }),
      )
    },
  }
}
