import { readRecord } from './frame-reader.ts'

/** A tool call as OpenAI writes it in a message. */
export interface ToolCall {
  readonly id: string
  readonly type: 'function'
  readonly function: { readonly name: string; readonly arguments: string }
}

interface Draft {
  id: string
  name: string
  readonly arguments: string[]
}

/** Calls beyond this many in one answer are dropped. */
const MAX_CALLS = 256

/**
 * Puts tool calls together from streaming deltas, by their index; one without an index is told by its id, or is the latest.
 * `add` gives the deltas back with their index filled in.
 */
export function collectToolCalls(): {
  add(deltas: readonly unknown[]): readonly Readonly<Record<string, unknown>>[]
  calls(): readonly ToolCall[]
} {
  const drafts = new Map<number, Draft>()

  function placeOf(delta: Readonly<Record<string, unknown>>): number {
    if (typeof delta.index === 'number' && Number.isSafeInteger(delta.index)) return delta.index
    const known = [...drafts].find(([, draft]) => draft.id !== '' && draft.id === delta.id)
    if (known) return known[0]
    const latest = Math.max(-1, ...drafts.keys())
    return typeof delta.id === 'string' || latest < 0 ? latest + 1 : latest
  }

  function merge(index: number, delta: Readonly<Record<string, unknown>>): void {
    const draft = drafts.get(index) ?? { id: '', name: '', arguments: [] }
    drafts.set(index, draft)
    const called = readRecord(delta.function)
    if (typeof delta.id === 'string' && delta.id !== '') draft.id = delta.id
    if (typeof called?.name === 'string' && called.name !== '') draft.name = called.name
    if (typeof called?.arguments === 'string') draft.arguments.push(called.arguments)
  }

  return {
    add: (deltas) =>
      deltas.flatMap((value) => {
        const delta = readRecord(value)
        if (!delta) return []
        const index = placeOf(delta)
        if (!drafts.has(index) && drafts.size >= MAX_CALLS) return []
        merge(index, delta)
        return [{ ...delta, index }]
      }),
    calls: () =>
      [...drafts]
        .sort(([a], [b]) => a - b)
        .map(([, draft]) => ({
          id: draft.id,
          type: 'function',
          function: { name: draft.name, arguments: draft.arguments.join('') },
        })),
  }
}
