/** A local Solana with the real USDC mint, two endpoints over it, and a facilitator that pays the fees. */
import {
  type Address,
  type Base64EncodedWireTransaction,
  createSolanaRpc,
  generateKeyPairSigner,
  getBase58Decoder,
  getBase64EncodedWireTransaction,
  getBase64Encoder,
  getTransactionDecoder,
  type KeyPairSigner,
  mainnet,
} from '@solana/kit'
import { ExactSvmScheme } from '@x402/svm'
import type { Chains } from '../../src/chains/chains.ts'
import { createChains } from '../../src/chains/create-chains.ts'
import { toAtomic } from '../../src/domain/amount.ts'
import { BASE, BASE_SEPOLIA, SOLANA } from '../../src/domain/network.ts'
import type { Payment } from '../../src/domain/payment.ts'
import type { SolanaRpc } from '../lab/chains/solana/rpc/rpc-server.ts'
import { SOLANA_USDC, type SolanaChain, startSolanaChain } from '../lab/chains/solana-chain.ts'
import { MovedClock, makeCache } from './fake-ports.ts'
import { makeAttempt, makePayment } from './make-payment.ts'

export interface SolanaFixture {
  readonly chain: SolanaChain
  readonly second: SolanaRpc
  readonly chains: Chains
  readonly clock: MovedClock
  readonly payer: KeyPairSigner
  readonly payee: KeyPairSigner
  readonly feePayer: KeyPairSigner
  warp(seconds: number): Promise<void>
  stop(): Promise<void>
}

/** Changes one endpoint's answers. */
export type Forge = (url: string, method: string, result: unknown) => unknown

/** The same endpoints, with some of their answers forged. */
export function forgedChains(
  fixture: Pick<SolanaFixture, 'chain' | 'second' | 'clock'>,
  forge: Forge = (_url, _method, result) => result,
): Chains {
  return createChains({
    endpoints: () => ({
      [BASE]: [],
      [BASE_SEPOLIA]: [],
      [SOLANA]: [fixture.chain.rpcUrl, fixture.second.url],
      'og-registry': [],
    }),
    async fetch(url, init) {
      const { method } = JSON.parse(String(init?.body))
      const answer = await (await fetch(url, init)).json()
      const result = 'result' in answer ? { result: forge(String(url), method, answer.result) } : {}
      return Response.json({ ...answer, ...result })
    },
    clock: fixture.clock,
    cache: makeCache(),
  })
}

export async function startSolanaFixture(): Promise<SolanaFixture> {
  const chain = await startSolanaChain()
  const second = await chain.openRpc()
  const clock = new MovedClock()
  const payer = await generateKeyPairSigner()
  const payee = await generateKeyPairSigner()
  const feePayer = await generateKeyPairSigner()
  await chain.fund(payer.address, SOLANA_USDC, 25_000_000n)
  await chain.fund(payee.address, SOLANA_USDC, 0n)
  await chain.fund(feePayer.address, 'native', 1_000_000_000n)
  return {
    ...{ chain, second, clock, payer, payee, feePayer },
    chains: forgedChains({ chain, second, clock }),
    async warp(seconds) {
      await chain.warp(seconds)
      clock.move(seconds * 1000)
    },
    async stop() {
      await second.close()
      await chain.stop()
    },
  }
}

export interface PresentedSolana {
  readonly payment: Payment
  /** base64, signed by the payer only. */
  readonly wire: string
}

/** What the stock x402 client signs, and the ledger's row for it. */
export async function presentSolana(
  fixture: SolanaFixture,
  amount: bigint,
  payTo: Address = fixture.payee.address,
): Promise<PresentedSolana> {
  const anchor = await createSolanaRpc(mainnet(fixture.chain.rpcUrl)).getLatestBlockhash().send()
  const scheme = new ExactSvmScheme(fixture.payer, { rpcUrl: fixture.chain.rpcUrl })
  const { payload } = await scheme.createPaymentPayload(2, {
    scheme: 'exact',
    network: SOLANA,
    asset: SOLANA_USDC,
    amount: amount.toString(),
    payTo,
    maxTimeoutSeconds: 300,
    extra: { feePayer: fixture.feePayer.address, recentBlockhash: anchor.value.blockhash },
  })
  const wire = String(payload.transaction)
  const { signatures } = decode(wire)
  const own = signatures[fixture.payer.address]
  if (!own) throw new Error('the client did not sign')
  const attempt = makeAttempt({
    amount: toAtomic(amount),
    payTo,
    lastValidBlockHeight: Number(anchor.value.lastValidBlockHeight),
    signature: getBase58Decoder().decode(own),
    payload: btoa(JSON.stringify({ x402Version: 2, payload })),
    presentedAtMs: fixture.clock.nowMs(),
  })
  const payment = makePayment('USDC on Solana', {
    account: fixture.payer.address,
    nonce: null,
    attempts: [attempt],
    reservedAtMs: fixture.clock.nowMs(),
  })
  return { payment, wire }
}

/** The facilitator signs as the fee payer and sends; the transaction's id. Waits until it is confirmed. */
export async function settleSolana(
  fixture: SolanaFixture,
  presented: PresentedSolana,
  options: { readonly skipPreflight?: boolean } = {},
): Promise<string> {
  const transaction = decode(presented.wire)
  const [added] = await fixture.feePayer.signTransactions([transaction as never])
  const signed = { ...transaction, signatures: { ...transaction.signatures, ...added } }
  const wire: Base64EncodedWireTransaction = getBase64EncodedWireTransaction(signed)
  const rpc = createSolanaRpc(mainnet(fixture.chain.rpcUrl))
  const id = await rpc.sendTransaction(wire, { encoding: 'base64', ...options }).send()
  await fixture.warp(2)
  return id
}

function decode(wire: string) {
  return getTransactionDecoder().decode(getBase64Encoder().encode(wire))
}
