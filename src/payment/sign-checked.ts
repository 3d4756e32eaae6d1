import { hashTypedData, type TypedDataDefinition } from 'viem'
import { ChatError } from '../domain/errors.ts'
import type { TypedDataSigner } from './payment.ts'
import { recoverSigner } from './recover-signer.ts'

/** r and s as 32 bytes each, then v: 27 or 28. */
const SIGNATURE = /^(0x[0-9a-f]{64})([0-9a-f]{64})(1b|1c)$/

/**
 * Signs typed data (EIP-712), then hashes it again and recovers the signer from the signature.
 * Throws ChatError 'signature-mismatch' unless it is a 65-byte signature by the signer's own address.
 */
export async function signChecked(
  signer: TypedDataSigner,
  data: TypedDataDefinition,
): Promise<`0x${string}`> {
  const signature = await signer.signTypedData(data)
  if (recover(signature, data) !== signer.address)
    throw new ChatError('signature-mismatch', { field: 'signer' })
  return signature
}

function recover(signature: string, data: TypedDataDefinition): string {
  const [, r, s, v] = SIGNATURE.exec(signature) ?? []
  if (r === undefined || s === undefined) throw new ChatError('signature-mismatch', { field: 'signature' })
  try {
    const parts = { r: BigInt(r), s: BigInt(`0x${s}`), yParity: v === '1c' ? 1 : 0 }
    return recoverSigner(hashTypedData(data), parts)
  } catch (cause) {
    throw new ChatError('signature-mismatch', { field: 'signature' }, { cause })
  }
}
