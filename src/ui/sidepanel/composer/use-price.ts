import { useEffect, useMemo, useState } from 'preact/hooks'
import { messagesInContext } from '../../../protocol/chat-context.ts'
import { estimatePrice, estimatePromptTokens, type PriceEstimate } from '../../../protocol/chat-estimate.ts'
import type {
  Attachment,
  ChatDraft,
  ChatMessage,
  ConversationView,
  LiveQuoteView,
  PriceSample,
} from '../../../protocol/chat-views.ts'
import { useApp } from '../../app/app.tsx'

/** Typing must rest for so long before a live quote is asked for, ms. */
const REST_MS = 900

export interface PriceFacts {
  readonly conversation: ConversationView
  readonly draft: ChatDraft
  /** Of the model that will be asked. */
  readonly samples: readonly PriceSample[]
  /** Tokens of the longest answer. */
  readonly outputLimit: number
}

/** Our own rough count of what goes out with the next question. */
export function promptTokens(conversation: ConversationView, draft: ChatDraft): number {
  const { system } = conversation.options
  const said = messagesInContext(conversation).reduce((sum, message) => sum + messageTokens(message), 0)
  return (
    said +
    estimatePromptTokens([...(system === '' ? [] : [system]), draft.text, ...attached(draft.attachments)])
  )
}

/** Counted once: a message never changes, another one takes its place. */
const counted = new WeakMap<ChatMessage, number>()

function messageTokens(message: ChatMessage): number {
  const known = counted.get(message)
  if (known !== undefined) return known
  const more = message.role === 'user' ? attached(message.attachments) : []
  const tokens = estimatePromptTokens([message.text, ...more])
  counted.set(message, tokens)
  return tokens
}

function attached(attachments: readonly Attachment[]): readonly string[] {
  return attachments.map(({ title, url, text }) => `${title}${url}${text}`)
}

/** What the next question will be quoted at most, estimated on this machine. */
export function useEstimate({ conversation, draft, samples, outputLimit }: PriceFacts): {
  readonly tokens: number
  readonly estimate: PriceEstimate
} {
  const before = useMemo(
    () => promptTokens(conversation, { text: '', attachments: [] }),
    [conversation.messages, conversation.sentFrom, conversation.options.system],
  )
  const tokens = before + estimatePromptTokens([draft.text, ...attached(draft.attachments)])
  const estimate = useMemo(
    () => estimatePrice(samples, { estimatedTokens: tokens, maxOutputTokens: outputLimit }),
    [samples, tokens, outputLimit],
  )
  return { tokens, estimate }
}

export type LiveQuote =
  | { readonly kind: 'off' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'quoted'; readonly quote: LiveQuoteView }

type Quoted = Pick<PriceFacts, 'conversation' | 'draft' | 'outputLimit'> & {
  /** `ModelView.name` of the model that will be asked. */
  readonly model: string | null
}

/** The gateway's own price for the draft, once typing rests. Asks nothing unless `wanted`: the person's switch. */
export function useLiveQuote({ conversation, draft, ...asked }: Quoted, wanted: boolean): LiveQuote {
  const { client } = useApp()
  const { id, options, sentFrom, messages } = conversation
  // What else the price depends on: a quote for another model or length is none for this.
  const terms = JSON.stringify([asked.model, asked.outputLimit, options, sentFrom, messages.length])
  const [quote, setQuote] = useState<LiveQuote>({ kind: 'off' })
  const on = wanted && draft.text.trim() !== ''
  useEffect(() => {
    if (!on) {
      setQuote({ kind: 'off' })
      return
    }
    let alive = true
    setQuote({ kind: 'asking' })
    const timer = setTimeout(() => {
      client.call('chat.quoteLive', { id, draft }).then(
        (value) => alive && setQuote({ kind: 'quoted', quote: value }),
        // Without a live quote the estimate stands.
        () => alive && setQuote({ kind: 'off' }),
      )
    }, REST_MS)
    return () => {
      alive = false
      clearTimeout(timer)
    }
  }, [client, id, draft, on, terms])
  return quote
}
