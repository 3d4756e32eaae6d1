/** The endpoints that a build ships with: the product's real ones, or the lab's from the environment. */
import { DEFAULT_ENDPOINTS } from '../src/chains/default-endpoints.ts'

/** What the code sees as `__ENDPOINTS__`. */
export interface BuildEndpoints {
  readonly lab: boolean
  readonly jumpgate: string
  readonly jumpgateCatalogue: string
  readonly opengradient: string
  readonly opengradientDocumented: string
  readonly rpc: Readonly<Record<string, readonly string[]>>
}

const PRODUCT: BuildEndpoints = {
  lab: false,
  jumpgate: 'https://jumpgate.ambient.xyz',
  jumpgateCatalogue: 'https://api.ambient.xyz/v1/models',
  opengradient: 'https://llm.opengradient.ai',
  opengradientDocumented: 'https://llm.opengradient.ai',
  rpc: DEFAULT_ENDPOINTS,
}

export function buildEndpoints(mode: string): BuildEndpoints {
  if (mode !== 'lab') return PRODUCT
  const read = (name: string, fallback: string) => process.env[name] || fallback
  const list = (name: string, fallback: string) => read(name, fallback).split(',')
  const jumpgate = read('LAB_JUMPGATE_URL', 'http://127.0.0.1:4021')
  return {
    lab: true,
    jumpgate,
    jumpgateCatalogue: `${jumpgate}/v1/models`,
    opengradient: read('LAB_OPENGRADIENT_URL', 'http://127.0.0.1:4022'),
    opengradientDocumented: read('LAB_OPENGRADIENT_DOCUMENTED_URL', 'http://127.0.0.1:4023'),
    rpc: {
      'eip155:8453': list('LAB_BASE_RPC', 'http://127.0.0.1:8545,http://127.0.0.1:8546'),
      'eip155:84532': list('LAB_BASE_SEPOLIA_RPC', 'http://127.0.0.1:8547'),
      'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp': list('LAB_SOLANA_RPC', 'http://127.0.0.1:8899'),
      'og-registry': list('LAB_OG_REGISTRY_RPC', 'http://127.0.0.1:8548'),
    },
  }
}

export function buildDefines(mode: string): Record<string, string> {
  return { __ENDPOINTS__: JSON.stringify(buildEndpoints(mode)) }
}

/** Match patterns of every host that the build talks to by itself. */
export function hostsOf(mode: string): string[] {
  const endpoints = buildEndpoints(mode)
  if (endpoints.lab) return ['http://127.0.0.1/*', 'http://localhost/*', 'https://*/*']
  const urls = [
    endpoints.jumpgate,
    endpoints.jumpgateCatalogue,
    endpoints.opengradient,
    ...Object.values(endpoints.rpc).flat(),
  ]
  return [...new Set(urls.map((url) => `${new URL(url).origin}/*`))].sort()
}
