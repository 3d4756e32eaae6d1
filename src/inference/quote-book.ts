/**
 * Quotes by id and by request, each good for 60 s: what a page asked for before is not asked for again, and nothing above
 * what it was told is signed. Kept with the browser's session: a worker that died owes what it told all the same.
 */
import { ZERO } from '../domain/amount.ts'
import { ChatError } from '../domain/errors.ts'
import { QUOTE_TTL_MS, type Quote } from '../domain/quote.ts'
import type { GatewayQuote } from '../gateways/gateway.ts'
import type { Call } from './call.ts'
import type { InferenceDeps } from './ports.ts'
import { readQuote } from './terms.ts'
import { parseStoredQuote, type ToldQuote, toStoredQuote } from './told-quote.ts'

/** Most quotes kept at a time. */
const MAX_KEPT = 200
/** A gateway's quote is not used in the last moments before its end, ms. */
const MARGIN_MS = 5_000
/** The one key in the store. */
const KEY = 'told'

export interface QuoteEntry {
  readonly quote: GatewayQuote | null
  readonly atMs: number
}

export interface QuoteBook {
  /** The fresh quote for this very request, once, or a new one. */
  take(call: Call, signal: AbortSignal): Promise<QuoteEntry>
  /** Keeps a quote for its request, under an id that a page may name. */
  keep(call: Call, id: string, told: { readonly quote: Quote; readonly entry: QuoteEntry }): Promise<void>
  /**
   * The call, bound by the quote that it names. Throws ChatError 'unknown-quote' for one that has expired, or is of
   * another request or principal.
   */
  bind(call: Call): Promise<Call>
}

export function createQuoteBook(deps: InferenceDeps): QuoteBook {
  let reading: Promise<Map<string, ToldQuote>> | undefined
  const nameOf = (call: Call) => `${call.principal} ${call.gateway.config.id} ${call.wireHash}`
  const isWithin = (atMs: number, forMs: number) => {
    const ageMs = deps.clock.nowMs() - atMs
    return ageMs >= 0 && ageMs < forMs
  }
  const isGood = ({ atMs, expiresAtMs }: ToldQuote) => isWithin(atMs, expiresAtMs - atMs)

  function book(): Promise<Map<string, ToldQuote>> {
    reading ??= load().catch(() => new Map())
    return reading
  }

  async function load(): Promise<Map<string, ToldQuote>> {
    const rows = await deps.quoteStore.get(KEY)
    const told = (Array.isArray(rows) ? rows : []).map(parseStoredQuote).filter((row) => row !== null)
    return new Map(told.map((row) => [row.id, row]))
  }

  /** A store that is full costs the quote in another worker, which then refuses it. */
  async function save(quotes: Map<string, ToldQuote>): Promise<void> {
    for (const [id, told] of quotes) if (!isGood(told) || quotes.size > MAX_KEPT) quotes.delete(id)
    await deps.quoteStore.set(KEY, Array.from(quotes.values(), toStoredQuote)).catch(() => undefined)
  }

  /** That of the id where one is named, else the newest for the request. */
  function findWire(quotes: Map<string, ToldQuote>, call: Call): ToldQuote | undefined {
    const isUsable = (told: ToldQuote) =>
      told.name === nameOf(call) && told.wire !== null && isWithin(told.wire.atMs, QUOTE_TTL_MS - MARGIN_MS)
    const named = call.quoteId === null ? undefined : quotes.get(call.quoteId)
    return [...quotes.values(), ...(named ? [named] : [])].reverse().find(isUsable)
  }

  return {
    async take(call, signal) {
      const quotes = await book()
      const told = findWire(quotes, call)
      if (told?.wire) {
        quotes.set(told.id, { ...told, wire: null })
        // Not waited for: a gateway that sees its quote twice says so.
        void save(quotes)
        return told.wire
      }
      return { quote: await readQuote(deps, call, signal), atMs: deps.clock.nowMs() }
    },
    async keep(call, id, { quote, entry }) {
      const quotes = await book()
      quotes.set(id, {
        ...{ id, name: nameOf(call), max: quote.max, currency: quote.currency },
        ...{ atMs: quote.atMs, expiresAtMs: quote.atMs + QUOTE_TTL_MS },
        wire: entry.quote && { quote: entry.quote, atMs: entry.atMs },
      })
      await save(quotes)
    },
    async bind(call) {
      if (call.quoteId === null) return call
      const told = (await book()).get(call.quoteId)
      if (told?.name !== nameOf(call) || !isGood(told)) throw new ChatError('unknown-quote')
      return { ...call, maxCost: tighter(call.maxCost, { amount: told.max, currency: told.currency }) }
    },
  }
}

/** The lower of two bounds; where they are in two currencies, nothing can keep to both. */
function tighter(asked: Call['maxCost'], told: NonNullable<Call['maxCost']>): NonNullable<Call['maxCost']> {
  if (asked === null) return told
  if (asked.currency !== told.currency) return { ...told, amount: ZERO }
  return asked.amount < told.amount ? asked : told
}
