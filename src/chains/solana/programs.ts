import type { Address } from '@solana/kit'

/** Programs and sizes of Solana. Sources: solana.com/docs/core/programs, spl.solana.com, agave's sdk. */
export const SYSTEM_PROGRAM = '11111111111111111111111111111111' as Address
export const TOKEN_PROGRAM = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA' as Address
export const TOKEN_2022_PROGRAM = 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb' as Address
export const ASSOCIATED_TOKEN_PROGRAM = 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL' as Address
export const COMPUTE_BUDGET_PROGRAM = 'ComputeBudget111111111111111111111111111111' as Address
/** Lamports that keep an account of 0 bytes alive: (128 + size) × 3,480 × 2 years. */
export const RENT_EMPTY = 890_880n
/** The same for a token account of 165 bytes. */
export const RENT_TOKEN_ACCOUNT = 2_039_280n
/** Lamports for each signature. */
export const SIGNATURE_FEE = 5_000n
