import {
  createSolanaRpc,
  generateKeyPairSigner,
  type KeyPairSigner,
  mainnet,
  type Rpc,
  type SolanaRpcApiMainnet,
  signature,
} from '@solana/kit'
import { SOLANA_USDC, type SolanaChain, startSolanaChain } from '../solana-chain.ts'
import { makeTokenTransfer, type SignedTransfer } from './make-token-transfer.ts'

/** A chain with 25 USDC and 0.1 SOL in Alice's hands, an empty USDC account in Bob's, and a client's way to it. */
export interface TransferFixture {
  chain: SolanaChain
  alice: KeyPairSigner
  bob: KeyPairSigner
  rpc: Rpc<SolanaRpcApiMainnet>
  /** Signs a transfer from Alice to Bob, in millionths of a dollar, and does not send it. */
  transfer(amount: bigint, memo?: string): Promise<SignedTransfer>
  send(signed: SignedTransfer): Promise<string>
  /** Sends without preflight. */
  sendBlindly(signed: SignedTransfer): Promise<string>
  statusOf(signed: SignedTransfer): ReturnType<typeof readStatus>
  usdcOf(owner: KeyPairSigner): Promise<bigint>
  /** One bare call, to see the very JSON. */
  rawCall(method: string, params: unknown[]): Promise<RawAnswer>
}

/** JSON-RPC's answer. */
export interface RawAnswer {
  result?: unknown
  error?: { code: number; message: string; data?: unknown }
}

/** Starts the chain; the caller stops it. */
export async function startTransferFixture(): Promise<TransferFixture> {
  const chain = await startSolanaChain()
  const alice = await generateKeyPairSigner()
  const bob = await generateKeyPairSigner()
  await chain.fund(alice.address, 'native', 100_000_000n)
  await chain.fund(alice.address, SOLANA_USDC, 25_000_000n)
  await chain.fund(bob.address, SOLANA_USDC, 0n)
  const rpc = createSolanaRpc(mainnet(chain.rpcUrl))
  return {
    chain,
    alice,
    bob,
    rpc,
    async transfer(amount, memo) {
      const { blockhash } = (await rpc.getLatestBlockhash().send()).value
      const said = { from: alice, to: bob.address, mint: SOLANA_USDC, amount, decimals: 6, blockhash }
      return await makeTokenTransfer(memo === undefined ? said : { ...said, memo })
    },
    send: ({ wire }) => rpc.sendTransaction(wire, { encoding: 'base64' }).send(),
    sendBlindly: ({ wire }) => rpc.sendTransaction(wire, { encoding: 'base64', skipPreflight: true }).send(),
    statusOf: (signed) => readStatus(rpc, signed),
    usdcOf: (owner) => chain.balanceOf(owner.address, SOLANA_USDC),
    async rawCall(method, params) {
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(chain.rpcUrl, { method: 'POST', headers, body })
      return await response.json()
    },
  }
}

async function readStatus(rpc: Rpc<SolanaRpcApiMainnet>, signed: SignedTransfer) {
  const { value } = await rpc.getSignatureStatuses([signature(signed.signature)]).send()
  return value[0] ?? null
}
