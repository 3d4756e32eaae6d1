/** The accounts that send settlement transactions. */
import type { FacilitatorEvmSigner } from '@x402/evm'
import {
  createPublicClient,
  createWalletClient,
  defineChain,
  type Hex,
  http,
  keccak256,
  recoverTypedDataAddress,
  type TypedDataDefinition,
  toHex,
} from 'viem'
import { createNonceManager, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { jsonRpc } from 'viem/nonce'
import type { EvmChain } from './chains/evm-chain.ts'

export interface SettlementOptions {
  /** How many accounts take turns; 1 where the caller's address matters (`upto`). */
  count: number
  /** Tells sets of accounts on one chain apart, so that their nonces never mix. */
  name?: string
}

/** Ether that each settlement account starts with, in wei. */
const stipend = 10n ** 21n
/** Well above what any of the settlement calls uses; unused gas is not charged. */
const gasLimit = 600_000n

/** Makes and funds settlement accounts on one chain, as a signer for x402's facilitator schemes. */
export async function createSettlementSigner(
  chain: EvmChain,
  { count, name = 'exact' }: SettlementOptions,
): Promise<FacilitatorEvmSigner> {
  const nonceManager = createNonceManager({ source: jsonRpc() })
  const accounts = Array.from({ length: count }, (_, index) =>
    privateKeyToAccount(keccak256(toHex(`x402 lab settlement ${name} ${index}`)), { nonceManager }),
  )
  await Promise.all(accounts.map((account) => chain.fund(account.address, 'native', stipend)))
  return buildSigner(chain, accounts)
}

function buildSigner(chain: EvmChain, accounts: readonly PrivateKeyAccount[]): FacilitatorEvmSigner {
  const [first] = accounts
  if (!first) throw new Error('a settlement signer needs an account')
  const viemChain = defineChain({
    id: chain.chainId,
    name: chain.network,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [chain.rpcUrl] } },
  })
  const transport = http(chain.rpcUrl, { retryCount: 0 })
  const reader = createPublicClient({ chain: viemChain, transport, pollingInterval: 25, cacheTime: 0 })
  const writer = createWalletClient({ chain: viemChain, transport })
  let turn = 0
  const nextAccount = () => accounts[turn++ % accounts.length] ?? first
  const fees = { type: 'legacy', gasPrice: 2_000_000_000n } as const
  return {
    getAddresses: () => accounts.map((account) => account.address),
    readContract: (args) => reader.readContract({ ...args, account: first, args: args.args ?? [] }),
    verifyTypedData: (args) => verifyTypedData(args, () => reader.verifyTypedData(args as never)),
    getCode: (args) => reader.getCode(args),
    waitForTransactionReceipt: (args) => reader.waitForTransactionReceipt({ timeout: 30_000, ...args }),
    writeContract: ({ gas = gasLimit, ...args }) =>
      writer.writeContract({ ...args, ...fees, gas, account: nextAccount(), chain: viemChain } as never),
    sendTransaction: (args) =>
      writer.sendTransaction({ ...args, ...fees, gas: gasLimit, account: nextAccount(), chain: viemChain }),
  }
}

type TypedData = Parameters<FacilitatorEvmSigner['verifyTypedData']>[0]

/** An ordinary key's signature is recovered here; anything else is asked of the chain (ERC-1271, ERC-6492). */
async function verifyTypedData(args: TypedData, onChain: () => Promise<boolean>): Promise<boolean> {
  const recovered = await recoverTypedDataAddress({
    ...(args as unknown as TypedDataDefinition),
    signature: args.signature as Hex,
  }).catch(() => null)
  if (recovered?.toLowerCase() === args.address.toLowerCase()) return true
  return onChain()
}
