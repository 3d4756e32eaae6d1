import { ChatError } from '../../domain/errors.ts'
import { outputLimit, requireSupported, withoutParameters } from '../chat-parameters.ts'
import type { ChatBody, PreparedCall } from '../gateway.ts'

/** What a body with tools may call where it names no limit of its own; the quote shows what that costs. */
const DEFAULT_TOOL_CALLS = 8

/** The body as JumpGate wants it: always streamed, always `is_paid` (its default bids nothing), usage and verification asked for. */
export function prepareJumpgateCall(
  gatewayId: string,
  body: ChatBody,
  options: { readonly defaultMaxTokens: number },
): PreparedCall {
  requireSupported(body)
  const maxOutputTokens = outputLimit(body, options.defaultMaxTokens)
  const kept = withoutParameters(body, [
    'max_tokens',
    'max_completion_tokens',
    'max_tool_calls',
    'stream',
    'is_paid',
  ])
  return {
    gatewayId,
    model: body.model,
    body: {
      emit_usage: true,
      emit_verified: true,
      ...kept,
      stream: true,
      is_paid: true,
      max_completion_tokens: maxOutputTokens,
    },
    maxOutputTokens,
    stream: body.stream === true,
    settlement: null,
    maxToolCalls: toolCalls(body),
  }
}

function toolCalls(body: ChatBody): number {
  const limit = body.max_tool_calls
  if (limit === undefined || limit === null) {
    return Array.isArray(body.tools) && body.tools.length > 0 && body.tool_choice !== 'none'
      ? DEFAULT_TOOL_CALLS
      : 0
  }
  if (typeof limit !== 'number' || !Number.isSafeInteger(limit) || limit < 0) {
    throw new ChatError('invalid-body', { field: 'max_tool_calls' })
  }
  return limit
}
