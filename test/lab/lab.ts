/** The whole lab in this process: chains, facilitator, gateways, demo site and control port. */
import { createAccounts, fundAccounts, type LabAccounts } from './accounts.ts'
import type { Chain } from './chains/chain.ts'
import { createSvmFacilitator } from './chains/solana/svm-facilitator.ts'
import { SOLANA_NETWORK, SOLANA_USDC } from './chains/solana-chain.ts'
import { type LabChains, startChains } from './chains/start-chains.ts'
import { startControl } from './control.ts'
import { createCounters } from './counters.ts'
import { createFacilitator } from './facilitator.ts'
import { createFaults } from './faults.ts'
import { createForger } from './gateways/forger.ts'
import { startJumpgate } from './gateways/jumpgate.ts'
import { documented, newer } from './gateways/opengradient/deployments.ts'
import { startOpenGradient } from './gateways/opengradient/start-opengradient.ts'
import { jumpgatePayees, sellerPayees, stockSellerPayee, strangers } from './gateways/payees.ts'
import { startSeller } from './gateways/seller.ts'
import { startStockSeller } from './gateways/stock-seller.ts'
import { createWords } from './gateways/words.ts'
import { choosePort, type PortChoices } from './ports.ts'
import { createRates } from './rates.ts'
import { startSite } from './site.ts'

export interface LabOptions {
  /** Ports by name; 0 lets the system choose. */
  ports?: PortChoices
}

/** What `npm run lab` prints. */
export interface LabInfo {
  /** As the lab build reads it. */
  env: Record<EnvName, string>
  urls: {
    site: string
    jumpgate: string
    opengradient: string
    opengradientDocumented: string
    seller: string
    stockSeller: string
    control: string
  }
  rpc: { base: string; baseSecond: string; baseSepolia: string; ogRegistry: string; solana: string }
  /** Test-only secrets. */
  accounts: LabAccounts
  /** `payTo` by gateway and network. */
  payees: Record<string, Record<string, string>>
}

type EnvName =
  | 'LAB_JUMPGATE_URL'
  | 'LAB_OPENGRADIENT_URL'
  | 'LAB_OPENGRADIENT_DOCUMENTED_URL'
  | 'LAB_BASE_RPC'
  | 'LAB_BASE_SEPOLIA_RPC'
  | 'LAB_SOLANA_RPC'
  | 'LAB_OG_REGISTRY_RPC'

export interface Lab {
  readonly info: LabInfo
  /** The chains by CAIP-2 name. */
  chain(network: string): Chain
  stop(): Promise<void>
}

interface Closable {
  close(): Promise<void>
}

/** Starts everything; what had started is stopped again when one part fails. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const chains = await startChains(options.ports)
  const servers: Closable[] = []
  const stop = async () => {
    await Promise.allSettled(servers.map((server) => server.close()))
    await chains.stop()
  }
  try {
    const info = await startServers({ chains, servers, ports: options.ports ?? {} })
    return {
      info,
      chain(network) {
        const found = chains.all.find((one) => one.network === network)
        if (!found) throw new Error(`the lab has no chain ${network}`)
        return found
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

interface Parts {
  chains: LabChains
  /** Takes each server as it starts. */
  servers: Closable[]
  ports: PortChoices
}

async function startServers({ chains, servers, ports }: Parts): Promise<LabInfo> {
  const shared = { faults: createFaults(), counters: createCounters(), rates: createRates() }
  const words = createWords()
  const accounts = createAccounts()
  const started = async <T extends Closable>(server: Promise<T>): Promise<T> => {
    const running = await server
    servers.push(running)
    return running
  }
  const [facilitator, svm, forger] = await Promise.all([
    createFacilitator([chains.base, chains.baseSepolia]),
    createSvmFacilitator(chains.solana),
    createForger([chains.base, chains.baseSepolia]),
    fundAccounts(accounts, chains.all),
    openPayeeAccounts(chains),
  ])
  facilitator.register(svm.network, svm.scheme)
  const { feePayers } = svm
  const depsOf = (name: string) => ({
    ...{ facilitator, words, forger, feePayers, chains: chains.all },
    faults: shared.faults.of(name),
    counters: shared.counters.of(name),
    rate: shared.rates.of(name),
  })
  const openGradient = await started(
    startOpenGradient({
      chains,
      ...shared,
      words,
      ports: {
        newer: await choosePort('opengradient', ports),
        documented: await choosePort('opengradientDocumented', ports),
      },
    }),
  )
  const jumpgate = await started(startJumpgate(await choosePort('jumpgate', ports), depsOf('jumpgate')))
  const seller = await started(startSeller(await choosePort('seller', ports), depsOf('seller')))
  const stockSeller = await started(
    startStockSeller(await choosePort('stockSeller', ports), {
      ...{ facilitator, solana: true, counters: shared.counters.of('stockSeller') },
    }),
  )
  const site = await started(startSite(await choosePort('site', ports)))
  const control = await started(
    startControl(await choosePort('control', ports), {
      ...{ ...shared, chains: chains.all, rpcs: chains.rpcs, openGradient, info: () => info },
    }),
  )
  const urls = {
    site: site.url,
    jumpgate: jumpgate.url,
    opengradient: openGradient.newer.url,
    opengradientDocumented: openGradient.documented.url,
    seller: seller.url,
    stockSeller: stockSeller.url,
    control: control.url,
  }
  const info: LabInfo = { env: environmentOf(urls, chains.urls), urls, rpc: chains.urls, accounts, payees }
  return info
}

/** Solana payees need a token account before anything can be paid to them. */
async function openPayeeAccounts({ solana }: LabChains): Promise<void> {
  for (const payee of [jumpgatePayees, sellerPayees, strangers]) {
    await solana.fund(payee[SOLANA_NETWORK], SOLANA_USDC, 0n)
  }
}

function environmentOf(urls: LabInfo['urls'], rpc: LabInfo['rpc']): LabInfo['env'] {
  return {
    LAB_JUMPGATE_URL: urls.jumpgate,
    LAB_OPENGRADIENT_URL: urls.opengradient,
    LAB_OPENGRADIENT_DOCUMENTED_URL: urls.opengradientDocumented,
    LAB_BASE_RPC: `${rpc.base},${rpc.baseSecond}`,
    LAB_BASE_SEPOLIA_RPC: rpc.baseSepolia,
    LAB_SOLANA_RPC: rpc.solana,
    LAB_OG_REGISTRY_RPC: rpc.ogRegistry,
  }
}

const payees: LabInfo['payees'] = {
  jumpgate: jumpgatePayees,
  opengradient: { [newer.network]: newer.payTo },
  opengradientDocumented: { [documented.network]: documented.payTo },
  seller: sellerPayees,
  stockSeller: { 'eip155:8453': stockSellerPayee, [SOLANA_NETWORK]: sellerPayees[SOLANA_NETWORK] },
}
