/** What tests ask of a running lab: balances from the chain itself, faults and counters over the control port. */
import type { GatewayCounters } from '../lab/counters.ts'
import type { LabInfo } from '../lab/lab.ts'

/** A running lab, seen from outside. Amounts are atomic units. */
export interface LabClient {
  readonly info: LabInfo
  /** Read from the chain's own RPC endpoint. */
  balanceOf(place: Holding): Promise<bigint>
  fund(place: Holding, amount: bigint): Promise<void>
  /** Switches a fault on for the next requests of a gateway: one, unless `count` says more. */
  fault(gateway: string, fault: string, more?: Record<string, unknown>): Promise<void>
  clearFaults(): Promise<void>
  rate(gateway: string, rate: { tokensPerSecond?: number; delayMs?: number }): Promise<void>
  counters(): Promise<Record<string, GatewayCounters>>
  clearCounters(): Promise<void>
  rpc(name: string, mode: 'ok' | 'dead' | 'lying'): Promise<void>
  /** Moves a chain's clock forward. */
  warp(network: string, seconds: number): Promise<void>
  /** Any other route of the control port. */
  control<T>(method: string, path: string, body?: object): Promise<T>
}

/** Whose money, in what, on which chain. */
export interface Holding {
  readonly network: string
  readonly owner: string
  /** Token address, or `native`. */
  readonly asset: string
}

export const BASE = 'eip155:8453'
export const BASE_SEPOLIA = 'eip155:84532'
export const SOLANA = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
/** Source: Circle's list of USDC contracts. */
export const BASE_USDC = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
/** Source: Circle's list of USDC contracts. */
export const SOLANA_USDC = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'

export function connectLab(info: LabInfo): LabClient {
  const control = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
    const response = await fetch(info.urls.control + path, init)
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
    return (await response.json()) as T
  }
  const post = async (path: string, body: object) => void (await control('POST', path, body))
  return {
    info,
    control,
    balanceOf: (place) => readBalance(info, place),
    fund: (place, amount) => post('/fund', { ...place, amount: String(amount) }),
    fault: (gateway, fault, more = {}) => post('/faults', { gateway, fault, ...more }),
    clearFaults: async () => void (await control('DELETE', '/faults')),
    rate: (gateway, rate) => post('/rate', { gateway, ...rate }),
    counters: () => control('GET', '/counters'),
    clearCounters: async () => void (await control('DELETE', '/counters')),
    rpc: (name, mode) => post('/rpc', { name, mode }),
    warp: (network, seconds) => post('/warp', { network, seconds }),
  }
}

async function readBalance(info: LabInfo, place: Holding): Promise<bigint> {
  switch (place.network) {
    case BASE:
      return readEvmBalance(info.rpc.base, place)
    case BASE_SEPOLIA:
      return readEvmBalance(info.rpc.baseSepolia, place)
    case SOLANA:
      return readSolanaBalance(info.rpc.solana, place)
    default:
      throw new Error(`the lab has no chain ${place.network}`)
  }
}

async function readEvmBalance(url: string, { owner, asset }: Holding): Promise<bigint> {
  if (asset === 'native') return BigInt(await callRpc<string>(url, 'eth_getBalance', [owner, 'latest']))
  // balanceOf(address)
  const data = `0x70a08231${owner.slice(2).toLowerCase().padStart(64, '0')}`
  return BigInt(await callRpc<string>(url, 'eth_call', [{ to: asset, data }, 'latest']))
}

/** Not waiting for finality, which is 32 slots behind. */
const NEWEST = { commitment: 'confirmed' } as const

interface TokenAccounts {
  value: { account: { data: { parsed: { info: { tokenAmount: { amount: string } } } } } }[]
}

async function readSolanaBalance(url: string, { owner, asset }: Holding): Promise<bigint> {
  if (asset === 'native')
    return BigInt((await callRpc<{ value: number }>(url, 'getBalance', [owner, NEWEST])).value)
  const found = await callRpc<TokenAccounts>(url, 'getTokenAccountsByOwner', [
    owner,
    { mint: asset },
    { ...NEWEST, encoding: 'jsonParsed' },
  ])
  return found.value.reduce(
    (sum, { account }) => sum + BigInt(account.data.parsed.info.tokenAmount.amount),
    0n,
  )
}

export async function callRpc<T>(url: string, method: string, params: readonly unknown[]): Promise<T> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body })
  const answer = (await response.json()) as { result?: T; error?: { message: string } }
  if (answer.error) throw new Error(`${method}: ${answer.error.message}`)
  return answer.result as T
}
