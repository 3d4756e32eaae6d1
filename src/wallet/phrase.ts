import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { copyBytes, wipe } from './bytes.ts'
import type { Bytes, RandomBytes } from './ports.ts'

/** Why a text is no phrase; `word` counts from 1. */
export type PhraseProblem =
  | { readonly kind: 'phrase-length' }
  | { readonly kind: 'phrase-word'; readonly word: number }
  | { readonly kind: 'phrase-checksum' }

/** 12 words of the English BIP-39 list from 128 random bits. */
export function newPhrase(random: RandomBytes): string {
  const entropy = random(16)
  const phrase = entropyToMnemonic(entropy, wordlist)
  wipe(entropy)
  return phrase
}

export function phraseOf(entropy: Bytes): string {
  return entropyToMnemonic(entropy, wordlist)
}

/** 12 or 24 English words in any case, with any white space between them → entropy, or what is wrong. */
export function readPhrase(
  text: string,
): { readonly entropy: Bytes; readonly phrase: string } | { readonly problem: PhraseProblem } {
  if (text.length > 1000) return { problem: { kind: 'phrase-length' } }
  const words = text.normalize('NFKD').trim().toLowerCase().split(/\s+/u)
  if (words.length !== 12 && words.length !== 24) return { problem: { kind: 'phrase-length' } }
  const unknown = words.findIndex((word) => !wordlist.includes(word))
  if (unknown >= 0) return { problem: { kind: 'phrase-word', word: unknown + 1 } }
  const phrase = words.join(' ')
  try {
    return { entropy: copyBytes(mnemonicToEntropy(phrase, wordlist)), phrase }
  } catch {
    // The library's error may quote the words; ours must not.
    return { problem: { kind: 'phrase-checksum' } }
  }
}
