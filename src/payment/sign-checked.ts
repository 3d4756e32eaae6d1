import { recoverTypedDataAddress, type TypedDataDefinition } from 'viem'
import { ChatError } from '../domain/errors.ts'
import type { TypedDataSigner } from './payment.ts'

/**
 * Signs typed data (EIP-712), then hashes it again and recovers the signer from the signature.
 * Throws ChatError 'signature-mismatch' unless it is a 65-byte signature by the signer's own address.
 */
export async function signChecked(
  signer: TypedDataSigner,
  data: TypedDataDefinition,
): Promise<`0x${string}`> {
  const signature = await signer.signTypedData(data)
  if (!/^0x[0-9a-f]{130}$/.test(signature)) throw new ChatError('signature-mismatch', { field: 'signature' })
  const recovered = await recover(signature, data)
  if (recovered !== signer.address) throw new ChatError('signature-mismatch', { field: 'signer' })
  return signature
}

async function recover(signature: `0x${string}`, data: TypedDataDefinition): Promise<string> {
  try {
    return await recoverTypedDataAddress({ ...data, signature })
  } catch (cause) {
    throw new ChatError('signature-mismatch', { field: 'signature' }, { cause })
  }
}
