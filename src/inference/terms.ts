/** What one call will cost at most, and whom it pays: from a quote, from pinned terms, or from the server's 402. */
import type { AtomicAmount } from '../domain/amount.ts'
import { assetOf } from '../domain/asset.ts'
import { isTestMoney } from '../domain/currency.ts'
import { ChatError } from '../domain/errors.ts'
import { isEvmNetwork, type PaymentNetwork } from '../domain/network.ts'
import type { PinnedTerms } from '../domain/payment.ts'
import type { Quote } from '../domain/quote.ts'
import type { GatewayQuote } from '../gateways/gateway.ts'
import type { Offer, OfferSet } from '../payment/offer.ts'
import type { Addresses } from '../wallet/wallet.ts'
import type { Call } from './call.ts'
import { chooseNetwork } from './choose-network.ts'
import type { InferenceDeps } from './ports.ts'
import { dropBody, OFFER_MS, readSmallBody, send } from './wire.ts'

/** Id of OpenGradient's test-money gateway: see gateways/built-in-gateways.ts. */
const TEST_GATEWAY = 'opengradient-test'

/** Price and payee as far as they are known. */
export interface Terms {
  readonly quote: Quote
  /** The gateway's own quote, whose headers go into the paid request; null where it has no quote endpoint. */
  readonly wire: GatewayQuote | null
  readonly offer: Offer
  readonly resource: OfferSet['resource']
  readonly extensions: OfferSet['extensions']
  readonly payee: 'pinned' | 'new' | 'changed'
  /** Another network has enough too; said in the approval. */
  readonly bothFunded: boolean
}

/** Asks the gateway for its price, where it has a free quote. */
export async function readQuote(
  deps: InferenceDeps,
  call: Call,
  signal: AbortSignal,
): Promise<GatewayQuote | null> {
  const request = call.gateway.quoteRequest(call.prepared)
  if (!request) return null
  const response = await send(deps, request, { signal, withinMs: OFFER_MS })
  return call.gateway.parseQuote(call.prepared, response.status, await readSmallBody(response, 10_000))
}

/** Sends the request without a payment to read the 402's offers. Nothing is paid by it. */
export async function readOffers(
  deps: InferenceDeps,
  call: Call,
  wire: GatewayQuote | null,
  context: { readonly addresses: Addresses; readonly signal: AbortSignal },
): Promise<OfferSet> {
  const { signal } = context
  const request = call.gateway.paidRequest(call.prepared, wire)
  const response = await send(deps, request, { signal, withinMs: OFFER_MS })
  if (response.status === 402) return parseOffers(deps, response, context.addresses)
  if (response.ok) {
    dropBody(response)
    throw new ChatError('offer-malformed', { detail: 'asked for no payment' })
  }
  throw await gatewayError(call, response)
}

/** Parses a 402's offers by our own rules. Throws ChatError offer-*. */
export async function parseOffers(
  deps: InferenceDeps,
  response: Response,
  addresses: Addresses,
): Promise<OfferSet> {
  const header = response.headers.get('PAYMENT-REQUIRED')
  const body = header === null ? await readSmallBody(response) : null
  if (header !== null) dropBody(response)
  const ownAddresses = [addresses.evm, addresses.solana].filter((address) => address !== null)
  return deps.payments.parsePaymentRequired(header, body, { ownAddresses })
}

/** A refusal that is not a 402, in the server's words as far as they are plain. */
export async function gatewayError(call: Call, response: Response): Promise<ChatError> {
  const text = await readSmallBody(response)
  const said = call.gateway.describeError(response.status, response.headers.get('content-type') ?? '', text)
  return new ChatError('gateway-error', {
    status: String(response.status),
    said,
    gateway: call.gateway.config.id,
  })
}

/** Terms for a call: pinned ones where they can be used at once, else the server's offer. */
export async function learnTerms(
  deps: InferenceDeps,
  call: Call,
  context: {
    readonly addresses: Addresses
    readonly signal: AbortSignal
    readonly quote: GatewayQuote | null
    /** Gateways whose pins are not to be trusted for now. */
    readonly doubts: ReadonlySet<string>
  },
): Promise<Terms> {
  const { addresses, quote } = context
  const pins = await deps.ledger.getPins(call.gateway.config.id)
  if (quote && !context.doubts.has(call.gateway.config.id)) {
    const choice = await chooseForQuote(deps, call, quote, addresses)
    const pin = pins.find(({ network }) => network === choice.network)
    const offer =
      pin && isEvmNetwork(choice.network) ? deps.payments.offerFromPins(pin, quote.expected) : null
    if (pin && offer) return fromPins(deps, call, { quote, pin, offer, bothFunded: choice.bothFunded })
  }
  const offers = await readOffers(deps, call, quote, context)
  return pickTerms(deps, call, { offers, quote, pins, addresses, frozen: null })
}

/** Picks the offer to pay out of a 402. `frozen`: network, asset and method that must stay as they were. */
export async function pickTerms(
  deps: InferenceDeps,
  call: Call,
  facts: {
    readonly offers: OfferSet
    readonly quote: GatewayQuote | null
    readonly pins: readonly PinnedTerms[]
    readonly addresses: Addresses
    readonly frozen: Offer | null
  },
): Promise<Terms> {
  const { offers, quote, pins, addresses, frozen } = facts
  const payable = offers.offers.filter(
    (offer) =>
      mayPayOn(addresses, offer.asset.network) &&
      mayTake(call, offer) &&
      (frozen === null || (frozen.asset === offer.asset && frozen.scheme === offer.scheme)),
  )
  const settings = await deps.settings()
  const options = await Promise.all(
    payable.map(async (offer) => ({
      offer,
      network: offer.asset.network,
      needed: offer.amount,
      balance: await knownBalance(deps, addresses, offer.asset),
    })),
  )
  const choice = chooseNetwork(options, settings.networkPreference)
  const offer = options.find((option) => option === choice)?.offer
  if (!offer || !choice) throw new ChatError('offer-unsupported', { skipped: offers.skipped.join('; ') })
  if (quote && offer.amount > quote.max)
    throw new ChatError('over-approved', { asked: offer.amount.toString() })
  const pin = pins.find(
    ({ network, asset }) => network === offer.asset.network && asset === offer.asset.address,
  )
  return {
    quote: quoteOf(deps, call, { quote, offer }),
    wire: quote,
    offer,
    resource: offers.resource,
    extensions: offers.extensions,
    payee: pin === undefined ? 'new' : pin.payTo === offer.payTo ? 'pinned' : 'changed',
    bothFunded: options.filter(({ balance, needed }) => balance !== null && balance >= needed).length > 1,
  }
}

/** The payer's address on a network; null where the wallet has no account there. */
export function accountOn(addresses: Addresses, network: PaymentNetwork): string | null {
  return isEvmNetwork(network) ? addresses.evm : addresses.solana
}

/** A gateway that is offered as test money never takes real money, whatever its 402 says. */
function mayTake(call: Call, offer: Offer): boolean {
  return call.gateway.config.id !== TEST_GATEWAY || isTestMoney(offer.asset.currency)
}

/** Without any account known, every network may be named: nothing is paid then, only quoted. */
function mayPayOn(addresses: Addresses, network: PaymentNetwork): boolean {
  return accountOn(addresses, network) !== null || (addresses.evm === null && addresses.solana === null)
}

function fromPins(
  deps: InferenceDeps,
  call: Call,
  facts: {
    readonly quote: GatewayQuote
    readonly pin: PinnedTerms
    readonly offer: Offer
    readonly bothFunded: boolean
  },
): Terms {
  const { quote, pin, offer, bothFunded } = facts
  const resource: OfferSet['resource'] = pin.resourceJson === null ? null : JSON.parse(pin.resourceJson)
  return {
    quote: quoteOf(deps, call, { quote, offer }),
    wire: quote,
    offer,
    resource,
    extensions: null,
    payee: 'pinned',
    bothFunded,
  }
}

function quoteOf(
  deps: InferenceDeps,
  call: Call,
  facts: { readonly quote: GatewayQuote | null; readonly offer: Offer },
): Quote {
  const { quote, offer } = facts
  const exact = offer.scheme === 'exact' ? offer.amount : null
  return {
    gatewayId: call.gateway.config.id,
    model: call.prepared.model,
    currency: offer.asset.currency,
    network: offer.asset.network,
    expected: quote?.expected ?? exact,
    max: quote?.max ?? offer.amount,
    inputTokens: quote?.inputTokens ?? null,
    maxOutputTokens: quote?.maxOutputTokens ?? call.prepared.maxOutputTokens,
    atMs: deps.clock.nowMs(),
  }
}

async function chooseForQuote(deps: InferenceDeps, call: Call, quote: GatewayQuote, addresses: Addresses) {
  const settings = await deps.settings()
  const options = await Promise.all(
    call.gateway.networks
      .filter((network) => mayPayOn(addresses, network))
      .flatMap((network) => {
        const asset = assetOf(quote.currency, network)
        return asset ? [asset] : []
      })
      .map(async (asset) => ({
        network: asset.network,
        needed: quote.max,
        balance: await knownBalance(deps, addresses, asset),
      })),
  )
  const choice = chooseNetwork(options, settings.networkPreference)
  if (!choice) throw new ChatError('offer-unsupported', { skipped: 'no account on its networks' })
  const bothFunded = options.filter(({ balance }) => balance !== null && balance >= quote.max).length > 1
  return { network: choice.network, bothFunded }
}

/** Last known balance; read from the chain where none is known; null where that fails. */
export async function knownBalance(
  deps: InferenceDeps,
  addresses: Addresses,
  asset: Offer['asset'],
): Promise<AtomicAmount | null> {
  const owner = accountOn(addresses, asset.network)
  if (owner === null) return null
  const known = await deps.balances.known(asset.network, asset.address, owner)
  if (known !== null) return known
  try {
    return await deps.balances.read(asset.network, asset.address, owner)
  } catch {
    return null
  }
}
