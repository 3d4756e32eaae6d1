import { SUMMARY_ORDER } from '../../../protocol/chat-context.ts'
import { calibration, estimatePrice } from '../../../protocol/chat-estimate.ts'
import type { ConversationView } from '../../../protocol/chat-views.ts'
import { useApp } from '../../app/app.tsx'
import type { PanelFacts } from '../use-panel-facts.ts'
import { type ContextRoom, contextRoom, refusedByLength } from './context-room.ts'
import type { ContextWaysProps } from './context-ways.tsx'
import { dropPoint } from './drop-point.ts'
import { promptTokens } from './use-price.ts'

interface ContextInput {
  readonly conversation: ConversationView
  readonly draft: ConversationView['draft']
  readonly facts: PanelFacts
  readonly canAsk: boolean
  readonly change: (work: () => Promise<ConversationView>) => Promise<boolean>
  readonly onNew: () => void
  readonly onAsked: () => void
}

export interface ContextUse {
  /** What goes out with the next question, in tokens, calibrated. */
  readonly tokens: number
  readonly room: ContextRoom
  readonly ways: ContextWaysProps
}

/** What goes out when it is summed up, in place of a question. */
const ORDER: ConversationView['draft'] = { text: SUMMARY_ORDER, attachments: [] }

/** What a conversation takes of its model's context, and the ways out of one that grew too long. */
export function useContextWays({ conversation, draft, facts, canAsk, ...acts }: ContextInput): ContextUse {
  const { client } = useApp()
  const { id } = conversation
  const contextLength = facts.model?.contextLength ?? null
  const factor = calibration(facts.samples)
  const history = promptTokens(conversation, ORDER)
  const historyTokens = Math.ceil(history * factor)
  const tokens = Math.ceil(promptTokens(conversation, draft) * factor)
  const refused = refusedByLength(conversation.messages)
  const room = contextRoom({
    ...{ tokens, historyTokens, contextLength, refused },
    outputLimit: facts.outputLimit,
  })
  const sentFrom = dropPoint(conversation, Math.min(history, (contextLength ?? history) / factor) / 2)
  return {
    tokens,
    room,
    ways: {
      summaryPrice: estimatePrice(facts.samples, {
        estimatedTokens: history,
        maxOutputTokens: facts.outputLimit,
      }),
      onSummarise:
        canAsk && room.canSum && conversation.messages.length > 0
          ? () => void acts.change(() => client.call('chat.summarise', { id })).then(acts.onAsked)
          : null,
      onDropOldest:
        sentFrom === null
          ? null
          : () => void acts.change(() => client.call('chat.dropOldest', { id, sentFrom })),
      onNew: acts.onNew,
    },
  }
}
