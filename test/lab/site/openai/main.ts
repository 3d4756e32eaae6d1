// The official OpenAI client in a page that has no key: the visitor's wallet pays.
import OpenAI from 'openai'
import type { ChatCompletionMessageParam, ChatCompletionTool } from 'openai/resources/chat/completions'

const TOOLS: ChatCompletionTool[] = [
  {
    type: 'function',
    function: {
      name: 'weather',
      description: 'The weather in a city',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
]
/** A page of this kind would ask a weather service. */
const weatherIn = (city: string) => `Sunny in ${city}, 24 °C.`

const form = element('ask', HTMLFormElement)
const question = element('question', HTMLTextAreaElement)
const output = element('text', HTMLElement)
let running = new AbortController()

form.addEventListener('submit', (event) => {
  event.preventDefault()
  void ask(question.value)
})
element('stop', HTMLButtonElement).addEventListener('click', () => running.abort())

async function ask(content: string): Promise<void> {
  if (!window.x402Chat) return say('This page needs the x402 Chat extension.')
  const maxRetries = element('retries', HTMLInputElement).valueAsNumber
  const client = new OpenAI({ ...window.x402Chat.clientOptions, maxRetries })
  running = new AbortController()
  output.textContent = ''
  say('Asking…')
  try {
    await answer(client, [{ role: 'user', content }])
    say('Done')
  } catch (error) {
    say(explain(error))
  }
}

/** Asks, runs what tools the model wants, and asks again with their results: each round is one payment. */
async function answer(client: OpenAI, messages: ChatCompletionMessageParam[]): Promise<void> {
  const tools = element('tools', HTMLInputElement).checked ? { tools: TOOLS } : {}
  const body = { model: 'default', messages, ...tools }
  const options = { signal: running.signal }
  const completion = element('stream', HTMLInputElement).checked
    ? await client.chat.completions
        .stream(body, options)
        .on('content', (delta) => {
          output.append(delta)
        })
        .finalChatCompletion()
    : await client.chat.completions.create(body, options)
  element('receipt', HTMLPreElement).textContent = JSON.stringify(Reflect.get(completion, 'x402'), null, 2)
  const message = completion.choices[0]?.message
  if (!message?.tool_calls?.length) {
    output.textContent = message?.content ?? ''
    return
  }
  const results = message.tool_calls.map((call): ChatCompletionMessageParam => {
    const { city } = call.type === 'function' ? JSON.parse(call.function.arguments) : { city: '?' }
    return { role: 'tool', tool_call_id: call.id, content: weatherIn(city) }
  })
  await answer(client, [...messages, message, ...results])
}

function explain(error: unknown): string {
  if (error instanceof OpenAI.APIUserAbortError) return 'Stopped.'
  if (error instanceof OpenAI.APIError) return `${error.status} ${error.type}: ${error.message}`
  return String(error)
}

function say(text: string): void {
  element('status', HTMLSpanElement).textContent = text
}

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof type)) throw new Error(`The page has no #${id}`)
  return found
}
