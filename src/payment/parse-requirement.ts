import { parseAtomic } from '../domain/amount.ts'
import { ASSETS, type Asset, findAsset } from '../domain/asset.ts'
import { ChatError } from '../domain/errors.ts'
import { BASE_SEPOLIA, isPaymentNetwork } from '../domain/network.ts'
import { plainText } from '../domain/plain-text.ts'
import { parseEvmAddress, ZERO_ADDRESS } from './evm-address.ts'
import type { Offer, SkippedEntry } from './offer.ts'
import { isSolanaAddress, SOLANA_ZERO_ADDRESS } from './solana-address.ts'

type JsonRecord = Readonly<Record<string, unknown>>

export interface OfferContext {
  /** The wallet's addresses on every network; none of them is ever a payee. */
  readonly ownAddresses: readonly string[]
}

export type RequirementResult =
  | { readonly kind: 'offer'; readonly offer: Offer }
  /** Well formed, but of a network, asset or scheme that this wallet does not pay. */
  | { readonly kind: 'skipped'; readonly entry: SkippedEntry }

interface Place extends OfferContext {
  readonly index: number
  /** The 402's extensions. */
  readonly extensions: JsonRecord | null
}

/** Reads one entry of `accepts`. Throws ChatError 'offer-malformed' or 'offer-unsafe', naming the entry and the field. */
export function parseRequirement(value: unknown, context: Place): RequirementResult {
  const entry = readRecord(value)
  const place = `accepts.${context.index}`
  if (!entry) throw malformed(place, 'not-an-object')
  if ('maxAmountRequired' in entry) throw malformed(`${place}.maxAmountRequired`, 'v1-key')
  const scheme = requireString(entry.scheme, `${place}.scheme`)
  const network = requireString(entry.network, `${place}.network`)
  const address = requireString(entry.asset, `${place}.asset`)
  if (!isPaymentNetwork(network)) return skip('network', network)
  if (scheme !== 'exact' && scheme !== 'upto') return skip('scheme', scheme)
  const asset = findAsset(network, address)
  if (!asset) return skip('asset', address)
  if (scheme !== schemeOf(asset)) return skip('scheme', scheme)
  const extra = entry.extra === undefined ? {} : readRecord(entry.extra)
  if (!extra) throw malformed(`${place}.extra`, 'not-an-object')
  const method = extra.assetTransferMethod ?? asset.method
  if (method !== asset.method) return skip('method', String(method))
  const flow = extra.paymentFlow ?? 'authorization'
  if (flow !== 'authorization') return skip('flow', String(flow))
  return { kind: 'offer', offer: readOffer({ entry, extra, scheme, asset, place }, context) }
}

interface Entry {
  readonly entry: JsonRecord
  readonly extra: JsonRecord
  readonly scheme: Offer['scheme']
  readonly asset: Asset
  readonly place: string
}

/** The figures of an entry whose row is known. */
function readOffer({ entry, extra, scheme, asset, place }: Entry, context: Place): Offer {
  const own = context.ownAddresses
  requireSameDomain(asset, extra, place)
  const payTo = requirePayee(entry.payTo, asset, `${place}.payTo`)
  requireStranger(payTo, asset, { place: `${place}.payTo`, own })
  const facilitator = readFacilitator(asset, extra, `${place}.extra.facilitatorAddress`)
  const sponsoring = readRecord(context.extensions?.erc20ApprovalGasSponsoring)
  return {
    scheme,
    asset,
    amount: requireAmount(entry.amount, asset, `${place}.amount`),
    payTo,
    maxTimeoutSeconds: requireTimeout(entry.maxTimeoutSeconds, `${place}.maxTimeoutSeconds`),
    feePayer: readFeePayer(asset, extra, { place: `${place}.extra.feePayer`, own }),
    facilitator,
    permit2: permit2Of(asset, facilitator, place),
    sponsorsApproval: scheme === 'upto' && sponsoring !== undefined,
    accepted: entry,
  }
}

/** A JSON object as a record; undefined for anything else. */
export function readRecord(value: unknown): JsonRecord | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return value as JsonRecord
}

/** OPG goes by Permit2 and is charged after the fact; USDC by one exact promise. */
function schemeOf(asset: Asset): 'exact' | 'upto' {
  return asset.method === 'permit2' ? 'upto' : 'exact'
}

function requireSameDomain(asset: Asset, extra: JsonRecord, place: string): void {
  if (!asset.eip712) return
  if (extra.name !== asset.eip712.name) throw unsafe(`${place}.extra.name`, 'domain-differs')
  if (extra.version !== asset.eip712.version) throw unsafe(`${place}.extra.version`, 'domain-differs')
}

function requirePayee(value: unknown, asset: Asset, place: string): string {
  const text = requireString(value, place)
  if (asset.method === 'solana') {
    if (!isSolanaAddress(text)) throw malformed(place, 'not-an-address')
    return text
  }
  const address = parseEvmAddress(text)
  if (!address) throw malformed(place, 'not-an-address')
  return address
}

function requireStranger(
  address: string,
  asset: Asset,
  context: { readonly place: string; readonly own: readonly string[] },
): void {
  if (address === ZERO_ADDRESS || address === SOLANA_ZERO_ADDRESS) throw unsafe(context.place, 'zero-address')
  if (isOwn(address, asset, context.own)) throw unsafe(context.place, 'our-own-address')
  if (ASSETS.some((row) => row.address === address)) throw unsafe(context.place, 'a-token-contract')
}

function isOwn(address: string, asset: Asset, own: readonly string[]): boolean {
  return own.some(
    (ours) => ours === address || (asset.method !== 'solana' && ours.toLowerCase() === address.toLowerCase()),
  )
}

function requireAmount(value: unknown, asset: Asset, place: string): Offer['amount'] {
  const text = requireString(value, place)
  if (!/^[1-9][0-9]{0,77}$/.test(text)) throw malformed(place, 'not-an-amount')
  const amount = parseAtomic(text)
  if (amount >= 1n << (asset.method === 'solana' ? 64n : 256n)) throw malformed(place, 'not-an-amount')
  return amount
}

function requireTimeout(value: unknown, place: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1)
    throw malformed(place, 'not-a-duration')
  return value
}

function readFeePayer(
  asset: Asset,
  extra: JsonRecord,
  context: { readonly place: string; readonly own: readonly string[] },
): string | null {
  if (asset.method !== 'solana') return null
  if (!isSolanaAddress(extra.feePayer)) throw malformed(context.place, 'not-an-address')
  if (extra.feePayer === SOLANA_ZERO_ADDRESS) throw unsafe(context.place, 'zero-address')
  if (isOwn(extra.feePayer, asset, context.own)) throw unsafe(context.place, 'our-own-address')
  return extra.feePayer
}

function readFacilitator(asset: Asset, extra: JsonRecord, place: string): string | null {
  if (asset.method !== 'permit2' || extra.facilitatorAddress === undefined) return null
  const address = parseEvmAddress(extra.facilitatorAddress)
  if (!address) throw malformed(place, 'not-an-address')
  if (address === ZERO_ADDRESS) throw unsafe(place, 'zero-address')
  return address
}

/** A facilitator in the 402 means the x402 proxy; without one only the documented deployment, on its own test network. */
function permit2Of(asset: Asset, facilitator: string | null, place: string): Offer['permit2'] {
  if (asset.method !== 'permit2') return null
  if (facilitator !== null) return 'x402-upto'
  if (asset.network !== BASE_SEPOLIA) throw malformed(`${place}.extra.facilitatorAddress`, 'missing')
  return 'documented'
}

function requireString(value: unknown, place: string): string {
  if (typeof value !== 'string' || value === '') throw malformed(place, 'not-a-string')
  return value
}

function skip(what: SkippedEntry['what'], value: string): RequirementResult {
  return { kind: 'skipped', entry: { what, value: plainText(value, 80) } }
}

function malformed(place: string, problem: string): ChatError {
  return new ChatError('offer-malformed', { problem, path: place })
}

function unsafe(place: string, problem: string): ChatError {
  return new ChatError('offer-unsafe', { problem, path: place })
}
