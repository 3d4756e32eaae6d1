import { hashTypedData, hexToBytes, keccak256, serializeTransaction } from 'viem'
import { ChatError } from '../domain/errors.ts'
import type { Keyring } from './keyring.ts'
import { type HashSignature, signHash } from './secp256k1.ts'
import type { EvmSigner } from './wallet.ts'

/** Signs for `address` only. It holds no key: each signature asks the keyring, which checks the deadline. */
export function createEvmSigner(address: `0x${string}`, keyring: Keyring): EvmSigner {
  async function signed(hash: `0x${string}`): Promise<HashSignature> {
    const keys = await keyring.require()
    const key = keys.evmKey()
    if (key === null || keys.addresses.evm !== address) throw new ChatError('wallet-locked')
    return signHash(hexToBytes(hash), key)
  }
  return {
    address,
    async signTypedData(data) {
      return joined(await signed(hashTypedData(data)))
    },
    async signTransaction(transaction) {
      return serializeTransaction(transaction, await signed(keccak256(serializeTransaction(transaction))))
    },
  }
}

/** The 65 bytes r, s, v that contracts read; v is 27 or 28. */
function joined({ r, s, v }: HashSignature): `0x${string}` {
  return `${r}${s.slice(2)}${v.toString(16)}` as `0x${string}`
}
