// A chat with `streamText` and Preact in a page that has no key: the visitor's wallet pays.
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { APICallError, type ModelMessage, streamText } from 'ai'
import { render } from 'preact'
import { useRef, useState } from 'preact/hooks'

interface Said {
  readonly role: 'user' | 'assistant'
  readonly content: string
}

function Chat() {
  const [messages, setMessages] = useState<readonly Said[]>([])
  const [question, setQuestion] = useState('')
  const [status, setStatus] = useState('')
  const running = useRef<AbortController>(null)

  async function ask(content: string): Promise<void> {
    const asked: readonly Said[] = [...messages, { role: 'user', content }]
    setQuestion('')
    setMessages(asked)
    setStatus('Asking…')
    running.current = new AbortController()
    let text = ''
    try {
      for await (const part of answer(asked, running.current.signal)) {
        text += part
        setMessages([...asked, { role: 'assistant', content: text }])
      }
      setStatus(running.current.signal.aborted ? 'Stopped.' : 'Done')
    } catch (error) {
      setStatus(explain(error))
    }
  }

  return (
    <>
      <ol aria-label="Conversation">
        {messages.map(({ role, content }, index) => (
          <li key={index} class={role}>
            {content}
          </li>
        ))}
      </ol>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void ask(question)
        }}
      >
        <label for="question">Your question</label>
        <textarea
          id="question"
          rows={3}
          required
          value={question}
          onInput={({ currentTarget }) => setQuestion(currentTarget.value)}
        />
        <button type="submit">Ask</button>
        <button type="button" onClick={() => running.current?.abort()}>
          Stop
        </button>
        <span role="status">{status}</span>
      </form>
    </>
  )
}

/** The answer's parts as they come; throws what the SDK reports. */
async function* answer(messages: readonly Said[], abortSignal: AbortSignal): AsyncGenerator<string> {
  const { x402Chat } = window
  if (!x402Chat) throw new Error('This page needs the x402 Chat extension.')
  const { baseURL } = x402Chat.clientOptions
  const model = createOpenAICompatible({ name: 'x402', baseURL, fetch: x402Chat.fetch })('default')
  const { fullStream } = streamText({ model, messages: messages as ModelMessage[], abortSignal })
  for await (const part of fullStream) {
    if (part.type === 'text-delta') yield part.text
    if (part.type === 'error') throw part.error
  }
}

function explain(error: unknown): string {
  if (APICallError.isInstance(error)) return `${error.statusCode}: ${error.message}`
  return error instanceof Error ? error.message : JSON.stringify(error)
}

const root = document.getElementById('chat')
if (root) render(<Chat />, root)
