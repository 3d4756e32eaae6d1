import { hashTypedData } from 'viem'
import { sign, signTransaction } from 'viem/accounts'
import { ChatError } from '../domain/errors.ts'
import { toHex } from './bytes.ts'
import type { Keyring } from './keyring.ts'
import type { EvmSigner } from './wallet.ts'

/** Signs for `address` only, by viem (RFC 6979, low s). It holds no key: each signature asks the keyring, which checks the deadline. */
export function createEvmSigner(address: `0x${string}`, keyring: Keyring): EvmSigner {
  async function requireKey(): Promise<`0x${string}`> {
    const keys = await keyring.require()
    const key = keys.evmKey()
    if (key === null || keys.addresses.evm !== address) throw new ChatError('wallet-locked')
    return toHex(key)
  }
  return {
    address,
    async signTypedData(data) {
      const hash = hashTypedData(data)
      return sign({ hash, privateKey: await requireKey(), to: 'hex' })
    },
    async signTransaction(transaction) {
      return signTransaction({ transaction, privateKey: await requireKey() })
    },
  }
}
