import { isAddress as isSolanaAddress } from '@solana/kit'
import { getAddress } from 'viem'
import { ChatError } from '../domain/errors.ts'
import { isEvmNetwork, type PaymentNetwork } from '../domain/network.ts'

/** Solana's system program, whose address is 32 zero bytes. */
const SOLANA_ZERO = '11111111111111111111111111111111'

/**
 * Reads a recipient as typed: EVM checksummed (all lower or all upper case is accepted, mixed case must have its checksum,
 * EIP-55), Solana base58. Throws ChatError 'invalid-body' with `problem`: malformed, checksum, zero. Names are not resolved.
 */
export function parseRecipient(network: PaymentNetwork, text: string): string {
  return isEvmNetwork(network) ? parseEvm(text.trim()) : parseSolana(text.trim())
}

function parseEvm(text: string): string {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw refuse('malformed')
  const checksummed = getAddress(`0x${text.slice(2).toLowerCase()}`)
  const digits = text.slice(2)
  const isOneCase = digits === digits.toLowerCase() || digits === digits.toUpperCase()
  if (!isOneCase && text !== checksummed) throw refuse('checksum')
  if (/^0x0{40}$/.test(text)) throw refuse('zero')
  return checksummed
}

function parseSolana(text: string): string {
  if (!isSolanaAddress(text)) throw refuse('malformed')
  if (text === SOLANA_ZERO) throw refuse('zero')
  return text
}

function refuse(problem: 'malformed' | 'checksum' | 'zero'): ChatError {
  return new ChatError('invalid-body', { field: 'to', problem })
}
