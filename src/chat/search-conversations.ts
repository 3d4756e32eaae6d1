/** Conversations that contain a text, pinned first, then newest. */
import type { ConversationSummary } from '../protocol/chat-views.ts'
import type { Conversation, IndexEntry } from './conversation.ts'

/** Characters shown on either side of what was found. */
const AROUND = 40

export async function searchConversations(
  entries: readonly IndexEntry[],
  text: string,
  load: (id: string) => Promise<Conversation | null>,
): Promise<readonly ConversationSummary[]> {
  const wanted = text.trim().toLocaleLowerCase()
  const sorted = entries.toSorted(
    (a, b) => Number(b.pinned) - Number(a.pinned) || b.updatedAtMs - a.updatedAtMs,
  )
  const found: ConversationSummary[] = []
  for (const entry of sorted) {
    if (wanted === '' || entry.title.toLocaleLowerCase().includes(wanted)) {
      found.push({ ...entry, snippet: null })
      continue
    }
    const conversation = await load(entry.id)
    const snippet = conversation && snippetOf(conversation, wanted)
    if (snippet) found.push({ ...entry, snippet })
  }
  return found
}

function snippetOf({ messages }: Conversation, wanted: string): string | null {
  for (const { text } of messages) {
    const at = text.toLocaleLowerCase().indexOf(wanted)
    if (at < 0) continue
    const [from, to] = [Math.max(0, at - AROUND), at + wanted.length + AROUND]
    const middle = text.slice(from, to).replace(/\s+/g, ' ').trim()
    return `${from > 0 ? '…' : ''}${middle}${to < text.length ? '…' : ''}`
  }
  return null
}
