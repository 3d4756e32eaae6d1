/** Joins the readers of all networks to the one contract that the rest of the extension knows. */
import { toAtomic } from '../domain/amount.ts'
import { ChatError } from '../domain/errors.ts'
import { isEvmNetwork, PAYMENT_NETWORKS, type PaymentNetwork, SOLANA } from '../domain/network.ts'
import { createBalanceBook } from './balance-book.ts'
import type { Chains, Endpoints, PreparedTransfer, SolanaAnchor, TransferRequest } from './chains.ts'
import { checkEndpoint } from './check-endpoint.ts'
import { checkEvmPayment } from './evm/check-evm-payment.ts'
import { PERMIT2 } from './evm/contracts.ts'
import { encodeCall } from './evm/encode-call.ts'
import { readBlock, readQuantity, readWord } from './evm/evm-reads.ts'
import { prepareEvmReplacement } from './evm/prepare-evm-replacement.ts'
import { prepareEvmTransfer } from './evm/prepare-evm-transfer.ts'
import { readEvmBalances } from './evm/read-evm-balances.ts'
import { readEvmOutcome } from './evm/read-evm-outcome.ts'
import { readTeeRecord } from './evm/read-tee-record.ts'
import { sendEvmTransaction } from './evm/send-evm-transaction.ts'
import { keepBriefly } from './keep-briefly.ts'
import type { ChainCache, Clock, Fetch } from './ports.ts'
import { createEndpointPools, type Endpoint, type EndpointPool, rpcFailed } from './rpc/endpoint-pool.ts'
import { isRefusal } from './rpc/rpc-error.ts'
import { checkSolanaPayment } from './solana/check-solana-payment.ts'
import { createLandedLookup } from './solana/landed-lookup.ts'
import { prepareSolanaTransfer, renewSolanaTransfer } from './solana/prepare-solana-transfer.ts'
import { readSolanaBalances } from './solana/read-solana-balances.ts'
import { readSolanaOutcome } from './solana/read-solana-outcome.ts'
import { sendSolanaTransaction } from './solana/send-solana-transaction.ts'
import { readBlockhash, readFinalizedTime } from './solana/solana-reads.ts'
import { createTeeBook } from './tee-book.ts'

export interface ChainsDeps {
  /** Read anew at each call, so that a change in the settings holds at once. */
  readonly endpoints: () => Endpoints
  readonly fetch: Fetch
  readonly clock: Clock
  readonly cache: ChainCache
}

const CHAIN_TIME_KEPT_MS = 3_000
/** A blockhash lives for about a minute; a third of that is spent before it is signed. */
const ANCHOR_KEPT_MS = 20_000

export function createChains(deps: ChainsDeps): Chains {
  const { clock, cache } = deps
  const pools = createEndpointPools(deps)
  const landed = createLandedLookup()
  const poolOf = (network: keyof Endpoints): EndpointPool => pools.pool(network, deps.endpoints()[network])

  const readBalances = (network: PaymentNetwork, owner: string, assets: readonly string[]) =>
    poolOf(network).first((endpoint) =>
      isEvmNetwork(network)
        ? readEvmBalances(endpoint, owner, assets)
        : readSolanaBalances(endpoint, owner, assets),
    )
  const book = createBalanceBook({ read: readBalances, cache, clock })

  return {
    balances: (addresses, networks = PAYMENT_NETWORKS) => book.read(addresses, networks),
    lastBalances: book.last,
    balanceOf: book.readOne,
    chainTime: keepBriefly(clock, CHAIN_TIME_KEPT_MS, (network: PaymentNetwork) =>
      poolOf(network).first(isEvmNetwork(network) ? readEvmTime : readFinalizedTime),
    ),
    checkPayment: (payment) =>
      payment.network === SOLANA
        ? checkSolanaPayment(poolOf(SOLANA), payment, { nowMs: clock.nowMs(), landed })
        : checkEvmPayment(poolOf(payment.network), payment, clock.nowMs()),
    async permit2Allowance(network, asset, owner) {
      const data = encodeCall('allowance(address,address)', owner, PERMIT2)
      return toAtomic(
        await poolOf(network).first((endpoint) => readWord(endpoint, { to: asset, data }, 'latest')),
      )
    },
    solanaAnchor: createAnchor(poolOf, clock),
    teeRecord: createTeeBook({
      read: (teeId) => poolOf('og-registry').first((endpoint) => readTeeRecord(endpoint, teeId)),
      cache,
      clock,
    }),
    prepareTransfer: (request, from) =>
      poolOf(request.network).first((endpoint) => prepare(endpoint, request, from)),
    prepareReplacement: (request, from) =>
      poolOf(request.network).first((endpoint) => prepareEvmReplacement(endpoint, request, from)),
    renewTransfer: (prepared) => renew(poolOf(prepared.request.network), prepared),
    broadcast: (network, signed) => broadcast(poolOf(network), network, signed),
    transferOutcome: (network, transaction, lifetime) =>
      (isEvmNetwork(network) ? readEvmOutcome : readSolanaOutcome)(poolOf(network), {
        network,
        transaction,
        lifetime,
      }),
    async testEndpoint(network, url) {
      const [endpoint] = pools.pool(network, [url]).endpoints
      if (!endpoint) return { ok: false, milliseconds: 0, detail: 'unreachable' }
      return await checkEndpoint(endpoint, network, clock)
    },
  }
}

async function readEvmTime(endpoint: Endpoint): Promise<number> {
  return (await readBlock(endpoint, 'latest')).timestamp
}

function createAnchor(
  poolOf: (network: typeof SOLANA) => EndpointPool,
  clock: Clock,
): Chains['solanaAnchor'] {
  const read = keepBriefly(clock, ANCHOR_KEPT_MS, async (network: typeof SOLANA): Promise<SolanaAnchor> => {
    const atMs = clock.nowMs()
    const found = await poolOf(network).first(readBlockhash)
    return {
      blockhash: found.blockhash,
      lastValidBlockHeight: BigInt(found.lastValidBlockHeight),
      atMs,
    }
  })
  return (maxAgeMs) => read(SOLANA, maxAgeMs)
}

function prepare(endpoint: Endpoint, request: TransferRequest, from: string): Promise<PreparedTransfer> {
  const { network } = request
  return isEvmNetwork(network)
    ? prepareEvmTransfer(endpoint, { ...request, network }, from)
    : prepareSolanaTransfer(endpoint, request, from)
}

async function renew(pool: EndpointPool, prepared: PreparedTransfer): Promise<PreparedTransfer | null> {
  const { request, lifetime } = prepared
  if (lifetime.kind === 'solana') {
    if (request.kind !== 'send') return null
    return await pool.first((endpoint) => renewSolanaTransfer(endpoint, { ...prepared, request }))
  }
  const nonce = await pool.first((endpoint) =>
    readQuantity(endpoint, 'eth_getTransactionCount', [lifetime.account, 'pending']),
  )
  return nonce === BigInt(lifetime.nonce) ? prepared : null
}

/** To the first endpoint that takes the bytes. */
async function broadcast(pool: EndpointPool, network: PaymentNetwork, signed: string): Promise<string> {
  const errors: unknown[] = []
  for (const endpoint of pool.endpoints) {
    try {
      return isEvmNetwork(network)
        ? await sendEvmTransaction(endpoint, `0x${signed.slice(2)}`)
        : await sendSolanaTransaction(endpoint, signed)
    } catch (error) {
      errors.push(error)
    }
  }
  const failed = rpcFailed(network, errors.find(isRefusal) ?? errors[0])
  const refused = errors.length > 0 && errors.every(isRefusal)
  throw new ChatError('rpc-failed', { ...failed.facts, refused: refused ? 'yes' : 'no' }, { cause: failed })
}
