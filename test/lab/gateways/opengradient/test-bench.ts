import { type Address, encodeAbiParameters, type Hex, keccak256, parseUnits, toHex } from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { addresses } from '../../chains/addresses.ts'
import { compileContract } from '../../chains/contracts/compile.ts'
import { multicall3 } from '../../chains/contracts/known-contracts.ts'
import { type EvmChain, startEvmChain } from '../../chains/evm-chain.ts'
import { createCounters } from '../../counters.ts'
import { createFaults } from '../../faults.ts'
import { freePort } from '../../ports.ts'
import { createRates } from '../../rates.ts'
import { createWords } from '../words.ts'
import { encode, type Overrides, readRequired, signOffer } from './minimal-client.ts'
import type { OpenGradientGateway } from './opengradient-gateway.ts'
import { type OpenGradient, startOpenGradient } from './start-opengradient.ts'

/** Both deployments on three chains of their own, for one test file. */
export interface Bench {
  chains: { base: EvmChain; baseSepolia: EvmChain; ogRegistry: EvmChain }
  og: OpenGradient
  faults: ReturnType<typeof createFaults>
  counters: ReturnType<typeof createCounters>
  /** A new account with this much OPG on that deployment's chain, and an allowance for Permit2 unless told. */
  makePayer(gateway: OpenGradientGateway, holds?: Holdings): Promise<PrivateKeyAccount>
  opgOf(gateway: OpenGradientGateway, owner: string): Promise<bigint>
  stop(): Promise<void>
}

interface Holdings {
  opg?: string
  allowance?: string
}

export async function startBench(): Promise<Bench> {
  const opg = compileContract({ file: 'LabOpg.sol', contract: 'LabOpg' }).deployedBytecode
  const start = async (chainId: number, token?: Address) =>
    startEvmChain({
      chainId,
      port: await freePort(0),
      contracts: [multicall3(), ...(token ? [{ address: token, runtime: opg }] : [])],
    })
  const [base, baseSepolia, ogRegistry] = await Promise.all([
    start(8453, addresses.baseOpg),
    start(84532, addresses.sepoliaOpg),
    start(10740),
  ])
  const chains = { base, baseSepolia, ogRegistry }
  const faults = createFaults()
  const counters = createCounters()
  const rates = createRates()
  for (const name of ['opengradient', 'opengradientDocumented']) rates.set(name, { tokensPerSecond: 0 })
  const ports = { newer: await freePort(0), documented: await freePort(0) }
  const og = await startOpenGradient({ chains, ports, faults, counters, rates, words: createWords({}) })
  const chainOf = ({ deployment }: OpenGradientGateway) =>
    deployment.network === base.network ? base : baseSepolia
  return {
    ...{ chains, og, faults, counters },
    async makePayer(gateway, { opg = '1', allowance = '1000' } = {}) {
      const account = privateKeyToAccount(generatePrivateKey())
      const chain = chainOf(gateway)
      const { token } = gateway.deployment
      await chain.fund(account.address, token, parseUnits(opg, 18))
      const slot = allowanceSlot(account.address)
      await chain.rpc('anvil_setStorageAt', [token, slot, toHex(parseUnits(allowance, 18), { size: 32 })])
      return account
    },
    opgOf: (gateway, owner) => chainOf(gateway).balanceOf(owner, gateway.deployment.token),
    async stop() {
      await og.close()
      await Promise.all([base.stop(), baseSepolia.stop(), ogRegistry.stop()])
    },
  }
}

/** Where OpenZeppelin's ERC20 keeps what an owner allows Permit2: mappings in slot 1. */
function allowanceSlot(owner: Address): Hex {
  const outer = keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }], [owner, 1n]))
  return keccak256(
    encodeAbiParameters([{ type: 'address' }, { type: 'bytes32' }], [addresses.permit2, outer]),
  )
}

export const question = { role: 'user', content: 'Explain verifiable inference in one paragraph.' }

/** A chat body for that deployment, with a model that it has. */
export function bodyFor(gateway: OpenGradientGateway, more: Record<string, unknown> = {}) {
  return { model: gateway.deployment.models[0], messages: [question], max_tokens: 200, ...more }
}

/** One POST with a bearer, as a client that is not a browser sends it. */
export function post(gateway: OpenGradientGateway, body: unknown, headers: Record<string, string> = {}) {
  const path =
    typeof body === 'object' && body !== null && 'prompt' in body ? 'completions' : 'chat/completions'
  return fetch(`${gateway.url}/v1/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: 'Bearer 0x00',
      accept: 'application/json',
      ...headers,
    },
    body: JSON.stringify(body),
  })
}

interface Paying {
  body?: unknown
  headers?: Record<string, string>
  overrides?: Overrides
}

/** Asks, signs the offer, and asks again with the payment, under both names where the deployment wants that. */
export async function pay(gateway: OpenGradientGateway, account: PrivateKeyAccount, paying: Paying = {}) {
  const { body = bodyFor(gateway), headers = {}, overrides } = paying
  const required = readRequired(await post(gateway, body))
  const payment = encode(await signOffer(account, required, overrides))
  const isNewer = required.accepts[0].extra.facilitatorAddress !== undefined
  const names = isNewer
    ? { 'payment-signature': payment }
    : { 'payment-signature': payment, 'x-payment': payment }
  return post(gateway, body, { ...names, ...headers })
}
