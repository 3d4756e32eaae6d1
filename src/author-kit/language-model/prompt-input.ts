/** What the Prompt API takes, and the messages that it means. Source: webmachinelearning.github.io/prompt-api. */

export interface PromptContent {
  readonly type: 'text' | 'image' | 'audio'
  readonly value: unknown
}

export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string | readonly PromptContent[]
  /** On the last message of a prompt: the answer goes on from here. */
  readonly prefix?: boolean
}

export type PromptInput = string | readonly PromptMessage[]

interface TextPart {
  readonly type: 'text'
  readonly text: string
}
interface ImagePart {
  readonly type: 'image_url'
  readonly image_url: { readonly url: string }
}

/** A message as `chat.completions` takes it. */
export interface ChatMessage {
  readonly role: PromptMessage['role']
  readonly content: string | readonly (TextPart | ImagePart)[]
}

/**
 * Throws TypeError for a system message that is not first, SyntaxError (DOMException) for a prefix that is not last,
 * NotSupportedError (DOMException) for audio and for images that are no Blob.
 */
export async function readPrompt(
  input: PromptInput,
  place: 'initial' | 'prompt',
): Promise<readonly ChatMessage[]> {
  if (typeof input === 'string') return [{ role: 'user', content: input }]
  const messages: ChatMessage[] = []
  for (const [index, { role, content, prefix }] of input.entries()) {
    if (role === 'system' && (place === 'prompt' || index > 0))
      throw new TypeError('A system message may only be the first of initialPrompts.')
    if (prefix && (role !== 'assistant' || place === 'initial' || index < input.length - 1))
      throw new DOMException('Only the last message of a prompt may be a prefix.', 'SyntaxError')
    messages.push({ role, content: await readContent(content) })
  }
  return messages
}

async function readContent(content: PromptMessage['content']): Promise<ChatMessage['content']> {
  if (typeof content === 'string') return content
  const [only, ...more] = content
  if (only?.type === 'text' && more.length === 0) return String(only.value)
  return Promise.all(content.map(readPart))
}

async function readPart({ type, value }: PromptContent): Promise<TextPart | ImagePart> {
  switch (type) {
    case 'text':
      return { type, text: String(value) }
    case 'image':
      if (value instanceof Blob) return { type: 'image_url', image_url: { url: await dataUrl(value) } }
      throw new DOMException('An image must be a Blob.', 'NotSupportedError')
    case 'audio':
      throw new DOMException('Audio is not supported.', 'NotSupportedError')
  }
}

async function dataUrl(blob: Blob): Promise<string> {
  let binary = ''
  for (const byte of new Uint8Array(await blob.arrayBuffer())) binary += String.fromCharCode(byte)
  return `data:${blob.type || 'image/png'};base64,${btoa(binary)}`
}
