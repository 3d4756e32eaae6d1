const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** The system program's address: 32 zero bytes, Solana's "nobody". */
export const SOLANA_ZERO_ADDRESS = '11111111111111111111111111111111'

/** Whether the text is base58 of exactly 32 bytes. */
export function isSolanaAddress(value: unknown): value is string {
  if (typeof value !== 'string' || value.length < 32 || value.length > 44) return false
  let number = 0n
  for (const character of value) {
    const digit = ALPHABET.indexOf(character)
    if (digit < 0) return false
    number = number * 58n + BigInt(digit)
  }
  const zeros = /^1*/.exec(value)?.[0].length ?? 0
  const bytes = number === 0n ? 0 : Math.ceil(number.toString(16).length / 2)
  return zeros + bytes === 32
}
