/** RPC endpoints while a person writes them: two per network, the first is preferred. */
import { PAYMENT_NETWORKS, type PaymentNetwork } from '../../domain/network.ts'
import type { Settings } from '../../protocol/settings.ts'
import { t } from '../words.ts'
import { parseServerUrl } from './server-url.ts'

export type RpcNetwork = PaymentNetwork | 'og-registry'
export const RPC_NETWORKS: readonly RpcNetwork[] = [...PAYMENT_NETWORKS, 'og-registry']

export type RpcDraft = Readonly<Record<RpcNetwork, readonly [string, string]>>
export type RpcErrors = Partial<Record<RpcNetwork, readonly [string | undefined, string | undefined]>>
export type Shipped = Readonly<Record<RpcNetwork, readonly string[]>>

export type RpcDraftResult =
  /** null: all as shipped. */
  | { readonly kind: 'ok'; readonly rpc: Settings['rpc']; readonly urls: readonly string[] }
  | { readonly kind: 'wrong'; readonly errors: RpcErrors }

/** What is in use: the person's own, else what ships. */
export function rpcDraftOf(rpc: Settings['rpc'], shipped: Shipped): RpcDraft {
  return everyNetwork((network) => {
    const [first = '', second = ''] = rpc?.[network] ?? shipped[network]
    return [first, second]
  })
}

/** Checks every address: at least one a network, none twice. What equals the shipped ones is not kept as one's own. */
export function parseRpcDraft(draft: RpcDraft, shipped: Shipped): RpcDraftResult {
  const own: NonNullable<Settings['rpc']> = {}
  const errors: RpcErrors = {}
  const urls: string[] = []
  for (const network of RPC_NETWORKS) {
    const parsed = parseEndpoints(draft[network])
    if (parsed.kind === 'wrong') {
      errors[network] = parsed.errors
      continue
    }
    urls.push(...parsed.urls)
    if (parsed.urls.join(' ') !== shipped[network].slice(0, 2).join(' ')) own[network] = parsed.urls
  }
  if (Object.keys(errors).length > 0) return { kind: 'wrong', errors }
  return { kind: 'ok', rpc: Object.keys(own).length === 0 ? null : own, urls }
}

type ParsedEndpoints =
  | { readonly kind: 'ok'; readonly urls: string[] }
  | { readonly kind: 'wrong'; readonly errors: readonly [string | undefined, string | undefined] }

function parseEndpoints([first, second]: RpcDraft[RpcNetwork]): ParsedEndpoints {
  const typed = [first, second].map((text) => text.trim())
  if (typed.every((text) => text === '')) return { kind: 'wrong', errors: [t('rpc.errors.none'), undefined] }
  const read = typed.map((text) => (text === '' ? null : parseServerUrl(text)))
  const errorOf = (index: 0 | 1): string | undefined => {
    const one = read[index]
    return one?.kind === 'wrong' ? one.error : undefined
  }
  const urls = read.flatMap((one) => (one?.kind === 'ok' ? [one.url] : []))
  if (errorOf(0) !== undefined || errorOf(1) !== undefined)
    return { kind: 'wrong', errors: [errorOf(0), errorOf(1)] }
  if (new Set(urls).size < urls.length) return { kind: 'wrong', errors: [undefined, t('rpc.errors.twice')] }
  return { kind: 'ok', urls }
}

function everyNetwork(make: (network: RpcNetwork) => readonly [string, string]): RpcDraft {
  const [base, sepolia, solana] = PAYMENT_NETWORKS
  return {
    [base]: make(base),
    [sepolia]: make(sepolia),
    [solana]: make(solana),
    'og-registry': make('og-registry'),
  }
}
