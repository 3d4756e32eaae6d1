/** Npm clients as a site would set them up, with the retries that each makes by default; tests call them by name. */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, stepCountIs, streamText, tool } from 'ai'
import OpenAI from 'openai'
import type { ChatCompletionTool } from 'openai/resources/chat/completions'
import { z } from 'zod'

/** The text of the answer, or how it failed. */
type Mode = (prompt: string, signal: AbortSignal) => Promise<string>

const { x402Chat } = window
if (!x402Chat) throw new Error('no x402Chat')
const { baseURL } = x402Chat.clientOptions
const model = createOpenAICompatible({ name: 'x402', baseURL, fetch: x402Chat.fetch })('ambient/large')
// Its own default is two retries; the provider's options say none.
const openai = new OpenAI({ ...x402Chat.clientOptions, maxRetries: undefined })

const inputSchema = z.object({ query: z.string() })
const tools = {
  weather: tool({ description: 'The weather', inputSchema, execute: ({ query }) => `Sunny: ${query}` }),
}
const openaiTools: ChatCompletionTool[] = [
  {
    type: 'function',
    function: {
      name: 'weather',
      parameters: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
    },
  },
]
const ask = (content: string) => ({
  model: 'ambient/large',
  messages: [{ role: 'user' as const, content }],
})

const modes: Readonly<Record<string, Mode>> = {
  'ai generateText': async (prompt, abortSignal) => (await generateText({ model, prompt, abortSignal })).text,
  'ai streamText': async (prompt, abortSignal) => {
    let failure: unknown = null
    const onError = ({ error }: { error: unknown }) => {
      failure = error
    }
    const { textStream } = streamText({ model, prompt, abortSignal, onError })
    let text = ''
    for await (const part of textStream) text += part
    if (failure !== null) throw failure
    return text
  },
  'ai tools': async (prompt, abortSignal) =>
    (await generateText({ model, prompt, tools, stopWhen: stepCountIs(3), abortSignal })).text,
  'ai streamed tools': async (prompt, abortSignal) => {
    const result = streamText({ model, prompt, tools, stopWhen: stepCountIs(3), abortSignal })
    return await result.text
  },
  'openai create': async (prompt, signal) => {
    const { choices } = await openai.chat.completions.create(ask(prompt), { signal })
    return choices[0]?.message.content ?? ''
  },
  'openai stream': async (prompt, signal) => {
    const stream = await openai.chat.completions.create({ ...ask(prompt), stream: true }, { signal })
    let text = ''
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    return text
  },
  'openai tools': async (prompt, signal) => {
    const first = ask(prompt)
    const { choices } = await openai.chat.completions.create({ ...first, tools: openaiTools }, { signal })
    const message = choices[0]?.message
    const [call] = message?.tool_calls ?? []
    if (!message || !call) throw new Error('no tool was called')
    const answered = { role: 'tool' as const, tool_call_id: call.id, content: 'Sunny' }
    const messages = [...first.messages, message, answered]
    const second = await openai.chat.completions.create(
      { ...first, messages, tools: openaiTools },
      { signal },
    )
    return second.choices[0]?.message.content ?? ''
  },
}

/** Resolves with the text, or with the status and the name of what was thrown. */
async function run(
  name: string,
  prompt: string,
  abortAfterMs?: number,
): Promise<{ text: string } | { error: string }> {
  const abort = new AbortController()
  if (abortAfterMs !== undefined) setTimeout(() => abort.abort(), abortAfterMs)
  try {
    const text = await modes[name]?.(prompt, abort.signal)
    return { text: text ?? '' }
  } catch (error) {
    const { status, statusCode, name: type } = error as Record<string, unknown>
    return { error: String(status ?? statusCode ?? type) }
  }
}
Reflect.set(window, 'run', run)
