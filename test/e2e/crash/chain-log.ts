/** What the chain itself says moved: each transfer with the nonce of the authorization that moved it. */
import { toHex } from 'viem'
import { BASE_USDC, callRpc, type LabClient } from '../lab-client.ts'

/** One transfer out of the payer's account. */
export interface Moved {
  readonly nonce: string
  readonly amount: bigint
  readonly payTo: string
}

interface Log {
  readonly transactionHash: string
  readonly topics: readonly string[]
  readonly data: string
}

/** Source: EIP-3009, AuthorizationUsed(address,bytes32). */
const AUTHORIZATION_USED = '0x98de503528ee59b575ef0c0a2576a82497bfc029a5685b209e9ec333479b10a5'
/** Source: ERC-20, Transfer(address,address,uint256). */
const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'

/** All USDC that left the payer on Base since the block, one entry for each transfer; without an authorization the nonce is ''. */
export async function readMoved(lab: LabClient, fromBlock: bigint): Promise<readonly Moved[]> {
  const payer = `0x${lab.info.accounts.evm.address.slice(2).toLowerCase().padStart(64, '0')}`
  const read = (topic: string) =>
    callRpc<Log[]>(lab.info.rpc.base, 'eth_getLogs', [
      { address: BASE_USDC, topics: [topic, payer], fromBlock: toHex(fromBlock), toBlock: 'latest' },
    ])
  const [used, transfers] = await Promise.all([read(AUTHORIZATION_USED), read(TRANSFER)])
  const nonces = new Map<string, string[]>()
  for (const { transactionHash, topics } of used)
    nonces.set(transactionHash, [...(nonces.get(transactionHash) ?? []), topics[2] ?? ''])
  return transfers.map(({ transactionHash, topics, data }) => ({
    nonce: nonces.get(transactionHash)?.shift() ?? '',
    amount: BigInt(data),
    payTo: `0x${(topics[2] ?? '').slice(-40)}`,
  }))
}

export async function newestBlock(lab: LabClient): Promise<bigint> {
  return BigInt(await callRpc<string>(lab.info.rpc.base, 'eth_blockNumber', []))
}
