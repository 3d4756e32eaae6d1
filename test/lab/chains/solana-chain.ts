import { type Address, address, lamports } from '@solana/kit'
import type { Chain } from './chain.ts'
import { type RpcMode, type SolanaRpc, startSolanaRpc } from './solana/rpc/rpc-server.ts'
import { createSlotClock } from './solana/slot-clock.ts'
import { createSolanaLedger, type SolanaLedger } from './solana/solana-ledger.ts'
import {
  encodeMint,
  encodeTokenAccount,
  findTokenAddress,
  MINT_BYTES,
  readMint,
  readTokenAccount,
  SYSTEM_PROGRAM,
  TOKEN_ACCOUNT_BYTES,
  TOKEN_PROGRAM,
} from './solana/token-program.ts'

/** Mainnet in CAIP-2: `solana:` and the first 32 characters of the genesis hash. */
export const SOLANA_NETWORK = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'

/** Circle's USDC on mainnet, 6 decimals. */
export const SOLANA_USDC = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'

const USDC_DECIMALS = 6

/** A local Solana that looks like mainnet: litesvm behind Solana's JSON-RPC. */
export interface SolanaChain extends Chain {
  readonly network: typeof SOLANA_NETWORK
  /** Another endpoint over the same chain, with its own mode and counters; it ends with the chain at the latest. */
  openRpc(port?: number): Promise<SolanaRpc>
  /** `dead` drops the connection of every call; `lying` says that nothing landed and everything expired. */
  setMode(mode: RpcMode): void
  /** RPC calls by method since the start or the last reset. */
  counters(): Record<string, number>
  resetCounters(): void
  /** Address of an owner's associated token account. */
  tokenAddress(owner: string, mint: string): Promise<string>
}

/** How to start the chain. */
export interface SolanaChainOptions {
  /** Port of the RPC server on 127.0.0.1; the system chooses by default. */
  port?: number
}

/** Starts a chain with the USDC mint on it and its RPC server. */
export async function startSolanaChain({ port = 0 }: SolanaChainOptions = {}): Promise<SolanaChain> {
  const clock = createSlotClock()
  const ledger = createSolanaLedger(clock)
  writeMint(ledger, address(SOLANA_USDC), { supply: 0n, decimals: USDC_DECIMALS })
  const rpc = await startSolanaRpc(ledger, port)
  const others: SolanaRpc[] = []

  return {
    network: SOLANA_NETWORK,
    rpcUrl: rpc.url,
    async openRpc(otherPort) {
      const other = await startSolanaRpc(ledger, otherPort)
      others.push(other)
      return other
    },
    setMode: rpc.setMode,
    counters: rpc.counters,
    resetCounters: rpc.resetCounters,
    tokenAddress: (owner, mint) => findTokenAddress(address(owner), address(mint)),
    async balanceOf(owner, asset) {
      if (asset === 'native') return ledger.account(address(owner), clock.slot())?.lamports ?? 0n
      return tokenBalance(ledger, await findTokenAddress(address(owner), address(asset)))
    },
    async fund(owner, asset, amount) {
      if (asset === 'native') fundLamports(ledger, address(owner), amount)
      else await fundToken(ledger, { owner: address(owner), mint: address(asset), amount })
    },
    now: () => Promise.resolve(clock.blockTime(clock.slot())),
    warp: (seconds) => Promise.resolve(clock.warp(seconds)),
    stop: async () => void (await Promise.all([rpc, ...others].map((one) => one.close()))),
  }
}

function tokenBalance(ledger: SolanaLedger, token: Address): bigint {
  const found = ledger.account(token, ledger.clock.slot())
  return found === null ? 0n : (readTokenAccount(found)?.amount ?? 0n)
}

function fundLamports(ledger: SolanaLedger, owner: Address, amount: bigint): void {
  const found = ledger.account(owner, ledger.clock.slot())
  const empty = {
    address: owner,
    data: new Uint8Array(),
    executable: false,
    programAddress: SYSTEM_PROGRAM,
    space: 0n,
  }
  ledger.setAccount({ ...(found ?? empty), lamports: lamports(amount) })
}

/** Creates the associated token account where it is missing, sets its amount, and keeps the mint's supply true. */
async function fundToken(
  ledger: SolanaLedger,
  { owner, mint, amount }: { owner: Address; mint: Address; amount: bigint },
): Promise<void> {
  const token = await findTokenAddress(owner, mint)
  const minted = ledger.account(mint, ledger.clock.slot())
  const facts = minted === null ? null : readMint(minted)
  if (facts === null) throw new Error(`there is no mint ${mint} on this chain`)
  writeMint(ledger, mint, { ...facts, supply: facts.supply + amount - tokenBalance(ledger, token) })
  ledger.setAccount({
    address: token,
    data: encodeTokenAccount({ mint, owner, amount, state: 'initialized' }),
    executable: false,
    lamports: lamports(ledger.rentExemption(TOKEN_ACCOUNT_BYTES)),
    programAddress: TOKEN_PROGRAM,
    space: BigInt(TOKEN_ACCOUNT_BYTES),
  })
}

function writeMint(
  ledger: SolanaLedger,
  mint: Address,
  { supply, decimals }: { supply: bigint; decimals: number },
): void {
  ledger.setAccount({
    address: mint,
    data: encodeMint({ supply, decimals, mintAuthority: null, freezeAuthority: null }),
    executable: false,
    lamports: lamports(ledger.rentExemption(MINT_BYTES)),
    programAddress: TOKEN_PROGRAM,
    space: BigInt(MINT_BYTES),
  })
}
