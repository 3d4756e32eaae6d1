import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions'
import type { PromptOptions } from './language-model-options.ts'
import type { ChatMessage } from './prompt-input.ts'

/** One prompt as `chat.completions.create` takes it. Throws NotSupportedError (DOMException) for a regular expression. */
export function chatRequest(
  messages: readonly ChatMessage[],
  model: { readonly name: string; readonly temperature: number | null },
  { responseConstraint, omitResponseConstraintInput }: PromptOptions,
): ChatCompletionCreateParamsStreaming {
  if (responseConstraint instanceof RegExp)
    throw new DOMException('A response constraint must be a JSON schema.', 'NotSupportedError')
  const said: readonly ChatMessage[] =
    responseConstraint && !omitResponseConstraintInput
      ? [...messages, instruction(responseConstraint)]
      : messages
  return {
    model: model.name,
    stream: true,
    // The same shapes by other names: ours are readonly.
    messages: said as ChatCompletionCreateParamsStreaming['messages'],
    ...(model.temperature === null ? {} : { temperature: model.temperature }),
    ...(responseConstraint
      ? {
          response_format: {
            type: 'json_schema',
            json_schema: { name: 'response', strict: true, schema: { ...responseConstraint } },
          },
        }
      : {}),
  }
}

/** For models that know of no response format. */
function instruction(schema: object): ChatMessage {
  return {
    role: 'system',
    content: `Answer with JSON only, without any other text, that fits this JSON schema: ${JSON.stringify(schema)}`,
  }
}
