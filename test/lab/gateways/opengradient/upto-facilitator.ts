import type { Address, Hex } from 'viem'
import type { Deployment } from './deployments.ts'
import type { UptoPayment } from './upto-payment.ts'

export type Verdict = { kind: 'valid' } | { kind: 'invalid'; reason: string }

/** Checks `upto` payments of one deployment and settles them on its chain. */
export interface UptoFacilitator {
  /** The address to name in the next 402, another one each time; null where the witness names none. */
  nextAddress(): Address | null
  /** Checks signature, terms, window, balance, allowance and nonce, the last three on chain. */
  verify(payment: UptoPayment, terms: Deployment): Promise<Verdict>
  /** Moves that sum on chain, in atomic OPG; zero moves nothing and has no transaction. Throws with the reason. */
  settle(payment: UptoPayment, terms: Deployment, amount: bigint): Promise<Hex | null>
}
