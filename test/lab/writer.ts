/** Writes answers without a model: the same prompt always gets the same words, and they speak to the prompt. */

/** A message as it stands in a chat request; anything else in it is ignored. */
export interface WriterMessage {
  role: string
  content: unknown
}

export interface WriterRequest {
  messages: readonly WriterMessage[]
  /** At most so many tokens of answer. */
  maxTokens: number
  tools?: readonly unknown[]
  toolChoice?: unknown
  responseFormat?: unknown
}

/** One answer as tokens; joined, they are the text. */
export interface Written {
  reasoning: string[]
  text: string[]
  toolCalls: { id: string; name: string; arguments: string }[]
  finishReason: 'stop' | 'length' | 'tool_calls'
}

/** "megabyte of brackets" asks for a hostile answer: a thousand tokens of a thousand characters, by their place. */
const FLOODS: Readonly<Record<string, (index: number) => string>> = {
  prose: () => `${'A sentence of a long answer, with **bold** and `code` in it. '.repeat(16)}\n\n`,
  'one line': () => 'word '.repeat(200),
  brackets: () => '['.repeat(1_000),
  'one fence': (index) => (index === 0 ? '```js\n' : 'const answer = ask("again") // and again\n'.repeat(24)),
  'nested lists': (index) => `${'  '.repeat(index)}- deeper\n`,
}

/** Writes one answer. */
export function write(request: WriterRequest): Written {
  const prompt = lastUserText(request.messages)
  const reasoning = tokensOf(`The question is about ${topicOf(prompt)}. A short and plain answer will do.`)
  const tool = toolFor(request)
  if (tool !== null)
    return { reasoning, text: [], toolCalls: [callOf(tool, prompt)], finishReason: 'tool_calls' }
  const flood = FLOODS[/^megabyte of ([a-z ]+)$/.exec(prompt)?.[1] ?? '']
  const all = flood
    ? Array.from({ length: 1_000 }, (_, index) => flood(index))
    : tokensOf(answerTo(prompt, request))
  const text = all.slice(0, request.maxTokens)
  return { reasoning, text, toolCalls: [], finishReason: text.length < all.length ? 'length' : 'stop' }
}

/** Counts tokens the way the writer cuts them: words with the blank before them, and marks. */
export function countTokens(text: string): number {
  return tokensOf(text).length
}

/** The text of a message's content, in either of OpenAI's forms. */
export function textOfContent(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((part: { text?: unknown }) => (typeof part?.text === 'string' ? part.text : ''))
    .join(' ')
}

/** "words 400" in a prompt asks for so many words, "echo: …" for the text itself; tests use both. */
function answerTo(prompt: string, request: WriterRequest): string {
  if (wantsJson(request.responseFormat))
    return JSON.stringify({ topic: topicOf(prompt), answer: closing(prompt) })
  const echo = /^echo:\s*([\s\S]*)$/i.exec(prompt)
  if (echo?.[1] !== undefined) return echo[1]
  const wanted = /\bwords (\d{1,6})\b/i.exec(prompt)
  if (wanted?.[1]) return longText(prompt, Number(wanted[1]))
  return `${opening(prompt)} ${middle(prompt)} ${closing(prompt)}`
}

const openings = [
  'Here is the short of it: **%** rests on one simple idea.',
  'Good question. **%** is easier to grasp when you look at one part at a time.',
  'Think of **%** as a small machine with three moving parts.',
  'In one sentence: **%** works because each step can be checked by anybody.',
]
const middles = [
  'First, somebody asks; second, somebody answers; third, the answer can be compared with what was promised — naïve, but it holds. ✓',
  'What goes in is named, what comes out is counted, and the difference is what you pay for. That is all there is to it. 🙂',
  'You start from what you know about %, write down what would prove you wrong, and look for exactly that.',
  'Most of the trouble comes from the edges: the first time, the last time, and the time when two things happen at once.',
]
const closings = [
  'So if you remember one thing about %, let it be that it can be checked.',
  'From there, % is a matter of patience and of good notes.',
  'That is why % is worth a second look — 三思而後行, as the saying goes.',
  'Ask again with more detail, and I can say more about %.',
]

const opening = (prompt: string) => pick(openings, prompt, 1)
const middle = (prompt: string) => pick(middles, prompt, 2)
const closing = (prompt: string) => pick(closings, prompt, 3)

function pick(choices: readonly string[], prompt: string, salt: number): string {
  const chosen = choices[hash(`${salt}${prompt}`) % choices.length] ?? ''
  return chosen.replaceAll('%', topicOf(prompt))
}

function longText(prompt: string, words: number): string {
  const paragraphs: string[] = []
  for (let count = 0, index = 0; count < words; index += 1) {
    const paragraph = `${pick(openings, prompt, index)} ${pick(middles, prompt, index + 7)} ${pick(closings, prompt, index + 13)}`
    const list = paragraph.split(' ').slice(0, words - count)
    paragraphs.push(list.join(' '))
    count += list.length
  }
  return paragraphs.join('\n\n')
}

const plainWords = new Set(
  'a about all an and answer any are as at be by can could describe do does explain for from give hello hi how i in into is it its me my of on one or paragraph please sentence sentences short so tell than that the their them then there these this to two us was we what when where which who why will with words would write you your'.split(
    ' ',
  ),
)

/** The words of the prompt that carry it, at most three. */
function topicOf(prompt: string): string {
  const words = prompt.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []
  const telling = words.filter((word) => !plainWords.has(word.toLowerCase()) && !/^\d+$/.test(word))
  return telling.slice(0, 3).join(' ') || 'this'
}

function lastUserText(messages: readonly WriterMessage[]): string {
  const last = messages.findLast((message) => message.role === 'user') ?? messages.at(-1)
  return textOfContent(last?.content).trim()
}

function wantsJson(format: unknown): boolean {
  const type = (format as { type?: unknown } | null | undefined)?.type
  return type === 'json_object' || type === 'json_schema'
}

/** A tool is called when the client leaves the choice open or forces one, and has not yet brought its result. */
function toolFor({ messages, tools, toolChoice }: WriterRequest): string | null {
  if (!tools || tools.length === 0 || toolChoice === 'none') return null
  if (messages.at(-1)?.role === 'tool') return null
  const forced = (toolChoice as { function?: { name?: unknown } } | undefined)?.function?.name
  if (typeof forced === 'string') return forced
  const name = (tools[0] as { function?: { name?: unknown } } | undefined)?.function?.name
  return typeof name === 'string' ? name : null
}

function callOf(name: string, prompt: string) {
  const id = `call_${hash(prompt + name).toString(36)}`
  return { id, name, arguments: JSON.stringify({ query: topicOf(prompt) }) }
}

function tokensOf(text: string): string[] {
  return text.match(/\s*(?:[\p{L}\p{N}]+|[^\s\p{L}\p{N}])|\s+$/gu) ?? []
}

/** FNV-1a, 32 bit. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0
  return value
}
