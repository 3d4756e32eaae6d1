/** A conversation as a file: markdown to read, JSON to keep. Keys and payments stay out. */
import type { AnswerMessage, ConversationView, ExportedFile, UserMessage } from '../protocol/chat-views.ts'

export function exportConversation(
  conversation: ConversationView,
  format: 'markdown' | 'json',
): ExportedFile {
  const name = fileName(conversation.title)
  switch (format) {
    case 'markdown':
      return { name: `${name}.md`, type: 'text/markdown', text: asMarkdown(conversation) }
    case 'json':
      return { name: `${name}.json`, type: 'application/json', text: asJson(conversation) }
  }
}

function asJson({ id, title, createdAtMs, updatedAtMs, options, messages, requestIds }: ConversationView) {
  const content = { format: 'x402-chat-conversation', version: 1, id, title, createdAtMs, updatedAtMs }
  return `${JSON.stringify({ ...content, options, messages, requestIds }, null, 2)}\n`
}

function asMarkdown({ title, options, messages }: ConversationView): string {
  const parts = [
    `# ${title}`,
    ...(options.system.trim() === '' ? [] : [`> System: ${quoted(options.system)}`]),
    ...messages.map((message) => (message.role === 'user' ? userPart(message) : answerPart(message))),
  ]
  return `${parts.join('\n\n')}\n`
}

function userPart({ createdAtMs, text, attachments }: UserMessage): string {
  const pages = attachments.map(
    (page) => `> Attached ${page.kind}: ${page.title} <${page.url}>\n>\n> ${quoted(page.text)}`,
  )
  return [`## You · ${new Date(createdAtMs).toISOString()}`, ...pages, text].join('\n\n')
}

function answerPart({ createdAtMs, purpose, model, text, progress }: AnswerMessage): string {
  const who = purpose === 'summary' ? 'Summary' : 'Answer'
  const note = progress.kind === 'done' ? [] : [`*(${progress.kind}: the answer is not whole)*`]
  const heading = `## ${who}${model === null ? '' : ` · ${model}`} · ${new Date(createdAtMs).toISOString()}`
  return [heading, text, ...note].join('\n\n')
}

function quoted(text: string): string {
  return text.trim().replace(/\n/g, '\n> ')
}

/** Letters and digits of any script, at most 60 characters. */
function fileName(title: string): string {
  const plain = title
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return plain === '' ? 'conversation' : plain
}
