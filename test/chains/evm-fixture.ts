/** A local Base with the real token addresses, two endpoints in front of it, and hands to sign and settle with. */
import {
  createPublicClient,
  createWalletClient,
  defineChain,
  type Hex,
  http,
  parseAbi,
  parseSignature,
  publicActions,
  toHex,
} from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import type { Chains } from '../../src/chains/chains.ts'
import { createChains } from '../../src/chains/create-chains.ts'
import { toAtomic } from '../../src/domain/amount.ts'
import { BASE, BASE_SEPOLIA, SOLANA } from '../../src/domain/network.ts'
import type { SignedAttempt } from '../../src/domain/payment.ts'
import { addresses } from '../lab/chains/addresses.ts'
import { compileContract } from '../lab/chains/contracts/compile.ts'
import { compilePermit2 } from '../lab/chains/contracts/compile-permit2.ts'
import { baseUsdc, multicall3, opg } from '../lab/chains/contracts/known-contracts.ts'
import { type EvmChain, startEvmChain } from '../lab/chains/evm-chain.ts'
import { type RpcProxy, startRpcProxy } from '../lab/chains/rpc-proxy.ts'
import { freePort } from '../lab/ports.ts'
import { MovedClock, makeCache } from './fake-ports.ts'
import { makeAttempt } from './make-payment.ts'

export const PAYEE = '0x6992c688c56BE442EfE1E1cE7D5c95212ED7d59B'
export const OTHER_PAYEE = '0x9deEBB5D1b22e4a6e027977CeAd13893A7E4cC1a'

const USDC = parseAbi([
  'function transferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce,uint8 v,bytes32 r,bytes32 s)',
  'function cancelAuthorization(address authorizer,bytes32 nonce,uint8 v,bytes32 r,bytes32 s)',
  'function transfer(address to,uint256 value)',
  'function approve(address spender,uint256 value)',
])
const UPTO = parseAbi([
  'struct TokenPermissions { address token; uint256 amount; }',
  'struct Permit { TokenPermissions permitted; uint256 nonce; uint256 deadline; }',
  'struct Witness { address to; address facilitator; uint256 validAfter; }',
  'function settle(Permit permit,uint256 amount,address owner,Witness witness,bytes signature)',
])

export interface EvmFixture {
  readonly chain: EvmChain
  readonly first: RpcProxy
  readonly second: RpcProxy
  readonly chains: Chains
  readonly clock: MovedClock
  readonly cache: ReturnType<typeof makeCache>
  readonly payer: ReturnType<typeof privateKeyToAccount>
  readonly seller: ReturnType<typeof makeSeller>
  /** Both clocks, the chain's and the wall's. */
  warp(seconds: number): Promise<void>
  /** Unix seconds of the latest block. */
  now(): Promise<number>
  stop(): Promise<void>
}

/** Changes one endpoint's answers. */
export type Forge = (url: string, method: string, result: unknown) => unknown

/** The same endpoints, with some of their answers forged. */
export function forgedChains(fixture: Pick<EvmFixture, 'first' | 'second' | 'clock'>, forge: Forge): Chains {
  return createChains({
    endpoints: () => ({
      [BASE]: [fixture.first.url, fixture.second.url],
      [BASE_SEPOLIA]: [],
      [SOLANA]: [],
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

export async function startEvmFixture(): Promise<EvmFixture> {
  const chain = await startEvmChain({
    chainId: 8453,
    port: await freePort(0),
    contracts: [
      multicall3(),
      baseUsdc(),
      opg(addresses.baseOpg),
      { address: addresses.permit2, runtime: compilePermit2() },
      {
        address: addresses.baseUptoSpender,
        runtime: compileContract({ file: 'upto-proxy.sol', contract: 'UptoProxy' }).deployedBytecode,
      },
    ],
  })
  await chain.rpc('evm_mine')
  const first = await startRpcProxy(await freePort(0), chain.rpcUrl)
  const second = await startRpcProxy(await freePort(0), chain.rpcUrl)
  const clock = new MovedClock()
  const cache = makeCache()
  const payer = privateKeyToAccount(generatePrivateKey())
  await chain.fund(payer.address, addresses.baseUsdc, 25_000_000n)
  await chain.fund(payer.address, addresses.baseOpg, 100n * 10n ** 18n)
  await chain.fund(payer.address, 'native', 10n ** 17n)
  const seller = makeSeller(chain)
  await chain.fund(seller.account.address, 'native', 10n ** 19n)
  return {
    ...{ chain, first, second, clock, cache, payer, seller },
    chains: createChains({
      endpoints: () => ({
        [BASE]: [first.url, second.url],
        [BASE_SEPOLIA]: [],
        [SOLANA]: [],
        'og-registry': [],
      }),
      fetch: (url, init) => fetch(url, init),
      clock,
      cache,
    }),
    async warp(seconds) {
      await chain.warp(seconds)
      clock.move(seconds * 1000)
    },
    now: () => chain.now(),
    async stop() {
      await Promise.all([first.close(), second.close()])
      await chain.stop()
    },
  }
}

/** Who settles: a funded account with a client. */
function makeSeller(chain: EvmChain) {
  const account = privateKeyToAccount(generatePrivateKey())
  const viemChain = defineChain({
    id: 8453,
    name: 'Base',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [chain.rpcUrl] } },
  })
  const client = createWalletClient({ account, chain: viemChain, transport: http(), pollingInterval: 50 })
  const extended = client.extend(publicActions)
  async function landed(hash: Hex): Promise<Hex> {
    const receipt = await extended.waitForTransactionReceipt({ hash, pollingInterval: 50 })
    if (receipt.status !== 'success') throw new Error('the test transaction reverted')
    return hash
  }
  return { account, client: extended, landed }
}

/** A client for an account of the test's own. */
export function clientOf(fixture: EvmFixture, account = fixture.payer) {
  const { chain } = fixture.seller.client
  return createWalletClient({ account, chain, transport: http() })
}

export function publicClientOf(fixture: EvmFixture) {
  return createPublicClient({ chain: fixture.seller.client.chain, transport: http(), cacheTime: 0 })
}

export interface Authorization {
  readonly nonce: Hex
  readonly amount: bigint
  readonly payTo: Hex
  readonly validBefore: number
}

export function freshNonce(): Hex {
  return toHex(crypto.getRandomValues(new Uint8Array(32)))
}

/** Signs EIP-3009 for USDC on Base, as the specification's type says. */
export async function signAuthorization(
  fixture: EvmFixture,
  authorization: Authorization,
  account = fixture.payer,
): Promise<SignedAttempt> {
  const signature = await account.signTypedData({
    domain: {
      name: 'USD Coin',
      version: '2',
      chainId: 8453,
      verifyingContract: addresses.baseUsdc,
    },
    types: {
      TransferWithAuthorization: [
        { name: 'from', type: 'address' },
        { name: 'to', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'validAfter', type: 'uint256' },
        { name: 'validBefore', type: 'uint256' },
        { name: 'nonce', type: 'bytes32' },
      ],
    },
    primaryType: 'TransferWithAuthorization',
    message: {
      from: account.address,
      to: authorization.payTo,
      value: authorization.amount,
      validAfter: 0n,
      validBefore: BigInt(authorization.validBefore),
      nonce: authorization.nonce,
    },
  })
  return makeAttempt({
    amount: toAtomic(authorization.amount),
    payTo: authorization.payTo,
    validBefore: authorization.validBefore,
    signature,
    presentedAtMs: fixture.clock.nowMs(),
  })
}

/** Lets the seller redeem an EIP-3009 authorization; the transaction. */
export async function redeem(
  fixture: EvmFixture,
  authorization: Authorization,
  attempt: SignedAttempt,
  from: Hex = fixture.payer.address,
): Promise<Hex> {
  const { v, r, s } = parseSignature(attempt.signature as Hex)
  const hash = await fixture.seller.client.writeContract({
    address: addresses.baseUsdc,
    abi: USDC,
    functionName: 'transferWithAuthorization',
    args: [
      from,
      authorization.payTo,
      authorization.amount,
      0n,
      BigInt(authorization.validBefore),
      authorization.nonce,
      Number(v),
      r,
      s,
    ],
  })
  return await fixture.seller.landed(hash)
}

/** The payer cancels a nonce (EIP-3009). */
export async function cancel(fixture: EvmFixture, nonce: Hex): Promise<Hex> {
  const signature = await fixture.payer.signTypedData({
    domain: { name: 'USD Coin', version: '2', chainId: 8453, verifyingContract: addresses.baseUsdc },
    types: {
      CancelAuthorization: [
        { name: 'authorizer', type: 'address' },
        { name: 'nonce', type: 'bytes32' },
      ],
    },
    primaryType: 'CancelAuthorization',
    message: { authorizer: fixture.payer.address, nonce },
  })
  const { v, r, s } = parseSignature(signature)
  const hash = await fixture.seller.client.writeContract({
    address: addresses.baseUsdc,
    abi: USDC,
    functionName: 'cancelAuthorization',
    args: [fixture.payer.address, nonce, Number(v), r, s],
  })
  return await fixture.seller.landed(hash)
}

/** A plain token transfer by the payer. */
export async function payPlainly(fixture: EvmFixture, asset: Hex, to: Hex, amount: bigint): Promise<Hex> {
  const hash = await clientOf(fixture).writeContract({
    address: asset,
    abi: USDC,
    functionName: 'transfer',
    args: [to, amount],
  })
  return await fixture.seller.landed(hash)
}

/** The payer lets Permit2 move OPG. */
export async function approvePermit2(fixture: EvmFixture, amount: bigint): Promise<void> {
  const hash = await clientOf(fixture).writeContract({
    address: addresses.baseOpg,
    abi: USDC,
    functionName: 'approve',
    args: [addresses.permit2, amount],
  })
  await fixture.seller.landed(hash)
}

export interface Permit {
  readonly nonce: bigint
  readonly amount: bigint
  readonly payTo: Hex
  readonly deadline: number
}

/** Signs PermitWitnessTransferFrom for the x402 upto proxy. */
export async function signPermit(fixture: EvmFixture, permit: Permit): Promise<SignedAttempt> {
  const signature = await fixture.payer.signTypedData({
    domain: { name: 'Permit2', chainId: 8453, verifyingContract: addresses.permit2 },
    types: {
      PermitWitnessTransferFrom: [
        { name: 'permitted', type: 'TokenPermissions' },
        { name: 'spender', type: 'address' },
        { name: 'nonce', type: 'uint256' },
        { name: 'deadline', type: 'uint256' },
        { name: 'witness', type: 'Witness' },
      ],
      TokenPermissions: [
        { name: 'token', type: 'address' },
        { name: 'amount', type: 'uint256' },
      ],
      Witness: [
        { name: 'to', type: 'address' },
        { name: 'facilitator', type: 'address' },
        { name: 'validAfter', type: 'uint256' },
      ],
    },
    primaryType: 'PermitWitnessTransferFrom',
    message: {
      permitted: { token: addresses.baseOpg, amount: permit.amount },
      spender: addresses.baseUptoSpender,
      nonce: permit.nonce,
      deadline: BigInt(permit.deadline),
      witness: { to: permit.payTo, facilitator: fixture.seller.account.address, validAfter: 0n },
    },
  })
  return makeAttempt({
    amount: toAtomic(permit.amount),
    payTo: permit.payTo,
    validBefore: permit.deadline,
    signature,
    presentedAtMs: fixture.clock.nowMs(),
  })
}

/** Lets the seller charge part of a permit; `ornament` is appended to the calldata and does nothing. */
export async function charge(
  fixture: EvmFixture,
  permit: Permit,
  facts: { readonly attempt: SignedAttempt; readonly amount: bigint; readonly ornament?: Hex },
): Promise<Hex> {
  const hash = await fixture.seller.client.writeContract({
    address: addresses.baseUptoSpender,
    abi: UPTO,
    functionName: 'settle',
    args: [
      {
        permitted: { token: addresses.baseOpg, amount: permit.amount },
        nonce: permit.nonce,
        deadline: BigInt(permit.deadline),
      },
      facts.amount,
      fixture.payer.address,
      { to: permit.payTo, facilitator: fixture.seller.account.address, validAfter: 0n },
      facts.attempt.signature as Hex,
    ],
    ...(facts.ornament ? { dataSuffix: facts.ornament } : {}),
  })
  return await fixture.seller.landed(hash)
}
