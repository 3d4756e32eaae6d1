import { getCompiledTransactionMessageDecoder, getTransactionDecoder } from '@solana/kit'
import { z } from 'zod'

const payloadSchema = z.object({ payload: z.object({ transaction: z.string() }) })

/** The blockhash that a signed payload's transaction refers to, base58; null for anything but such a payload. */
export function readPayloadBlockhash(payload: string): string | null {
  try {
    const { transaction } = payloadSchema.parse(
      JSON.parse(new TextDecoder().decode(fromBase64(payload))),
    ).payload
    const { messageBytes } = getTransactionDecoder().decode(fromBase64(transaction))
    return getCompiledTransactionMessageDecoder().decode(messageBytes).lifetimeToken
  } catch {
    return null
  }
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
