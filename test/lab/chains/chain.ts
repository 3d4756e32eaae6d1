/** One local chain. Amounts are bigint in the asset's atomic units; assets are named by their address or mint. */
export interface Chain {
  /** CAIP-2, "eip155:8453". */
  readonly network: string
  readonly rpcUrl: string
  balanceOf(owner: string, asset: string | 'native'): Promise<bigint>
  /** Sets the owner's balance to exactly this amount. */
  fund(owner: string, asset: string | 'native', amount: bigint): Promise<void>
  /** The chain's clock: the latest block's time in unix seconds. */
  now(): Promise<number>
  /** Moves the chain's clock forward. */
  warp(seconds: number): Promise<void>
  stop(): Promise<void>
}
