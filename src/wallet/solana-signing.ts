/** Signing on Solana, apart from the rest: most workers never need it. */
import { createSolanaSigner } from './solana-signer.ts'

export interface SolanaSigning {
  readonly createSolanaSigner: typeof createSolanaSigner
}

export const solanaSigning: SolanaSigning = { createSolanaSigner }
