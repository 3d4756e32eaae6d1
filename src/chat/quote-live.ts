/** The gateway's own price while the person types: leaves the machine only where they switched that on. */
import { formatAtomic } from '../domain/amount.ts'
import { ChatError } from '../domain/errors.ts'
import type { ChatBody } from '../gateways/gateway.ts'
import { estimatePromptTokens } from '../protocol/chat-estimate.ts'
import type { LiveQuoteView } from '../protocol/chat-views.ts'
import type { ChatDeps } from './ports.ts'
import type { PriceSamples } from './price-samples.ts'
import { promptTexts } from './prompt.ts'
import { PANEL_CALLER } from './run-answer.ts'

/** How long a live quote may take, ms. */
const PATIENCE_MS = 10_000

export async function quoteLive(
  { deps, samples }: { readonly deps: ChatDeps; readonly samples: PriceSamples },
  body: ChatBody,
): Promise<LiveQuoteView> {
  if (!(await deps.settings()).privacy.liveQuotes) throw new ChatError('unsupported-parameter')
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const { quote, needsApproval } = await deps.inference.quote({ caller: PANEL_CALLER, body, signal })
  if (quote.inputTokens !== null && quote.maxOutputTokens !== null) {
    await samples.add({
      model: `${quote.gatewayId}/${quote.model}`,
      estimatedTokens: estimatePromptTokens(promptTexts(body)),
      inputTokens: quote.inputTokens,
      maxOutputTokens: quote.maxOutputTokens,
      currency: quote.currency,
      max: formatAtomic(quote.max),
      atMs: deps.clock.nowMs(),
    })
  }
  return {
    expected: quote.expected === null ? null : formatAtomic(quote.expected),
    max: formatAtomic(quote.max),
    currency: quote.currency,
    inputTokens: quote.inputTokens,
    maxOutputTokens: quote.maxOutputTokens,
    needsApproval,
  }
}
