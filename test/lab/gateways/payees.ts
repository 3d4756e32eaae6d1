/** Who gets the money at each emulated gateway, by network. */
import { SOLANA_NETWORK } from '../chains/solana-chain.ts'

/** JumpGate's own payees, as its 402s name them. */
export const jumpgatePayees = {
  'eip155:8453': '0x6992c688c56BE442EfE1E1cE7D5c95212ED7d59B',
  [SOLANA_NETWORK]: 'AYYo37bgztqAgP6wp2S9SiYWcijr8gz2o14c8RGWojJZ',
} as const

/** The OpenAI-compatible seller's: made up, nobody has their keys. */
export const sellerPayees = {
  'eip155:8453': '0x5E11E4000000000000000000000000000000C0De',
  'eip155:84532': '0x5E11E4000000000000000000000000000000C0De',
  [SOLANA_NETWORK]: '95NnTBy1t1jzyQcHEnoRD54UKnaP6jG4EASbC7LAMja6',
} as const

/** The stock seller's. */
export const stockSellerPayee = '0x57000C00000000000000000000000000000c0De0'

/** Whom a lying gateway names instead. */
export const strangers = {
  'eip155:8453': '0x000000000000000000000000000000000bADcaFe',
  'eip155:84532': '0x000000000000000000000000000000000bADcaFe',
  [SOLANA_NETWORK]: 'BX7UCAW85dBE6pBse68CgYzqqGoPmKKyg76rAbPSbJuG',
} as const
