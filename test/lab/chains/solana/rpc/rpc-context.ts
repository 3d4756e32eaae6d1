import type { SolanaLedger } from '../solana-ledger.ts'
import { RpcError } from './rpc-error.ts'
import { parseCommitment, parseCount, type RpcConfig } from './rpc-params.ts'

/** Version of the validator whose answers these are. */
export const API_VERSION = '3.0.6'

/** One RPC method: the chain and the raw parameters in, the `result` out. */
export type RpcMethod = (ledger: SolanaLedger, params: readonly unknown[]) => unknown

/** A value with the slot at which it was read. */
export interface WithContext {
  context: { slot: number; apiVersion: string }
  value: unknown
}

/** The slot that a method reads at, from `commitment` and `minContextSlot` of its options. */
export function readSlot(ledger: SolanaLedger, config: RpcConfig): number {
  const slot = ledger.clock.slot(parseCommitment(config.commitment))
  if (config.minContextSlot !== undefined && parseCount(config.minContextSlot) > slot) {
    throw new RpcError('minContextSlotNotReached', 'Minimum context slot has not been reached', {
      contextSlot: slot,
    })
  }
  return slot
}

/** Wraps a value with its slot. */
export function withContext(slot: number, value: unknown): WithContext {
  return { context: { slot, apiVersion: API_VERSION }, value }
}
