/** What a question will cost, estimated on this machine from earlier quotes. An estimate is never a promise: the quote decides. */
import { type AtomicAmount, formatAtomic, parseAtomic, toAtomic } from '../domain/amount.ts'
import type { Currency } from '../domain/currency.ts'
import type { PriceSample } from './chat-views.ts'

export interface EstimateInput {
  /** By our own rough count. */
  readonly estimatedTokens: number
  readonly maxOutputTokens: number
}

export type PriceEstimate =
  /** No quote for this model yet. */
  | { readonly kind: 'unknown' }
  /** Atomic units, rounded up. */
  | { readonly kind: 'estimate'; readonly amount: string; readonly currency: Currency }

/** Tokens that a chat format adds around each message. Rough, like the rest. */
const TOKENS_PER_MESSAGE = 4

/**
 * A rough count for any model: four characters of plain ASCII to a token, one and a half of anything else. Off by a third
 * at times; calibrated by `calibration` once the gateway has counted.
 */
export function estimateTokens(text: string): number {
  let ascii = 0
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 128) ascii++
  return Math.ceil(ascii / 4 + (text.length - ascii) / 1.5)
}

/** The same for the texts of several messages. */
export function estimatePromptTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + estimateTokens(text) + TOKENS_PER_MESSAGE, 0)
}

/** The gateway's count over ours, from the samples of one model; 1 where nothing was counted yet. */
export function calibration(samples: readonly PriceSample[]): number {
  const counted = samples.filter(({ estimatedTokens, inputTokens }) => inputTokens && estimatedTokens > 0)
  const ours = counted.reduce((sum, { estimatedTokens }) => sum + estimatedTokens, 0)
  const theirs = counted.reduce((sum, { inputTokens }) => sum + (inputTokens ?? 0), 0)
  return ours === 0 ? 1 : theirs / ours
}

/** Output over input price where nothing better is known: JumpGate's known quotes give 4.4 to 1.4. */
const OUTPUT_WEIGHT = { input: 1n, output: 3n }

/** Two samples tell the two prices apart where their shares of input differ by half or more; closer ones multiply rounding. */
const SHARES_APART = { numerator: 3n, denominator: 2n }

/**
 * The most that a request may be quoted at, from the newest samples of its model. Two samples with different shares of
 * input and output give a price for each; with one, the usual proportion of the two prices is taken. Rounded up.
 */
export function estimatePrice(samples: readonly PriceSample[], input: EstimateInput): PriceEstimate {
  const [newest, ...older] = samples.toSorted((a, b) => b.atMs - a.atMs)
  if (!newest) return { kind: 'unknown' }
  const factor = calibration(samples)
  const at = (sample: PriceSample): PricedPoint => ({
    ...pointOf(sample.inputTokens ?? sample.estimatedTokens * factor, sample.maxOutputTokens),
    max: parseAtomic(sample.max),
  })
  const alike = older.filter(({ currency }) => currency === newest.currency).map(at)
  const wanted = pointOf(input.estimatedTokens * factor, input.maxOutputTokens)
  const amount = fromTwo(at(newest), alike, wanted) ?? fromOne(at(newest), wanted)
  return { kind: 'estimate', amount: formatAtomic(amount), currency: newest.currency }
}

interface Point {
  readonly input: bigint
  readonly output: bigint
}
interface PricedPoint extends Point {
  readonly max: AtomicAmount
}

function pointOf(inputTokens: number, outputTokens: number): Point {
  return { input: BigInt(Math.max(1, Math.ceil(inputTokens))), output: BigInt(Math.max(1, outputTokens)) }
}

/** Solves max = a·input + b·output over two points; undefined where they do not tell, or tell of a negative price. */
function fromTwo(
  newest: PricedPoint,
  older: readonly PricedPoint[],
  wanted: Point,
): AtomicAmount | undefined {
  for (const other of older) {
    const [left, right] = [newest.input * other.output, other.input * newest.output]
    const [smaller, larger] = left < right ? [left, right] : [right, left]
    if (larger * SHARES_APART.denominator < smaller * SHARES_APART.numerator) continue
    const sign = left < right ? -1n : 1n
    const a = (newest.max * other.output - other.max * newest.output) * sign
    const b = (newest.input * other.max - other.input * newest.max) * sign
    if (a < 0n || b < 0n) continue
    return toAtomic(divideUp(a * wanted.input + b * wanted.output, larger - smaller))
  }
  return undefined
}

function fromOne(sample: PricedPoint, wanted: Point): AtomicAmount {
  const weigh = (point: Point) => point.input * OUTPUT_WEIGHT.input + point.output * OUTPUT_WEIGHT.output
  return toAtomic(divideUp(sample.max * weigh(wanted), weigh(sample)))
}

function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by
}
