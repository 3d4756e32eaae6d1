/** JumpGate's price rule and quote, and the headers that carry the quote to the paid endpoint. */
import type { IncomingHttpHeaders } from 'node:http'
import { type ChatBody, countInputTokens } from '../chat-body.ts'

export interface JumpgateQuote {
  inputTokens: number
  outputTokens: number
  /** µUSDC. */
  amount: bigint
  /** µUSDC, the most that may be asked. */
  maxAmount: bigint
}

/** ceil(1.4 · input + 4.4 · output) µUSDC, and 50 more at most. A request that is not paid bids nothing. */
export function quoteFor(body: ChatBody): JumpgateQuote {
  const inputTokens = countInputTokens(body)
  const outputTokens = body.maxOutputTokens
  const amount = body.isPaid ? priceOf(inputTokens, outputTokens) : 0n
  return { inputTokens, outputTokens, amount, maxAmount: body.isPaid ? amount + 50n : 0n }
}

/** The price rule by itself, in µUSDC. */
export function priceOf(inputTokens: number, outputTokens: number): bigint {
  return (14n * BigInt(inputTokens) + 44n * BigInt(outputTokens) + 9n) / 10n
}

/** The quote endpoint's answer. */
export function quoteJson(body: ChatBody) {
  const quote = quoteFor(body)
  const toolCalls = Number(body.raw.max_tool_calls ?? 0)
  return {
    headers: { ...headersOf(body), 'x402-max-tool-calls': String(toolCalls) },
    input_tokens: quote.inputTokens,
    output_tokens: quote.outputTokens,
    model_tier: tier,
    max_tool_calls: toolCalls,
    amount_micro_usdc: Number(quote.amount),
    amount_usdc: Number(quote.amount) / 1e6,
    max_amount_micro_usdc: Number(quote.maxAmount),
    max_amount_usdc: Number(quote.maxAmount) / 1e6,
  }
}

/** The name of the first pricing header that is missing or does not fit the body; null when all do. */
export function firstWrongHeader(body: ChatBody, headers: IncomingHttpHeaders): string | null {
  for (const [name, value] of Object.entries(headersOf(body))) if (headers[name] !== value) return name
  return /^\d{1,4}$/.test(String(headers['x402-max-tool-calls'])) ? null : 'x402-max-tool-calls'
}

const tier = 'standard'

function headersOf(body: ChatBody): Record<string, string> {
  const quote = quoteFor(body)
  return {
    'x402-input-tokens': String(quote.inputTokens),
    'x402-max-completion-tokens': String(quote.outputTokens),
    'x402-model-tier': tier,
  }
}
