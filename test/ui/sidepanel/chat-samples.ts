/** Conversations as the background would answer them, for previews and tests. */
import type {
  AnswerMessage,
  Attachment,
  ConversationSummary,
  ConversationView,
  PriceSample,
  UserMessage,
} from '../../../src/protocol/chat-views.ts'
import type { ModelView } from '../../../src/protocol/ui-views.ts'
import type { PanelHost } from '../../../src/ui/sidepanel/panel-host.ts'
import type { FakeAnswers } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import {
  MINUTE,
  makeBudget,
  makeGuards,
  makeRow,
  makeSettings,
  makeSite,
  makeWallet,
  NOW,
} from '../samples.ts'

export const MARKDOWN_ANSWER = `**x402** lets a server answer a request with its price, in the *402 Payment Required* status that HTTP has kept free since 1997.

## What happens

1. The client asks.
2. The server answers \`402\` with what it wants: asset, network, amount, payee.
3. The client signs a payment and asks again.

> The signature is a promise; the chain lets each be used once.

| part | where | who |
|:--|:-:|--:|
| \`PAYMENT-REQUIRED\` | answer | server |
| \`PAYMENT-SIGNATURE\` | request | client |

\`\`\`ts
const answer = await fetch(url, { headers: { 'PAYMENT-SIGNATURE': payment } })
if (answer.status === 402) throw new Error('refused') // a new offer
\`\`\`

The energy is $E = mc^2$, and more is in the [specification](https://www.x402.org/docs).`

export const ATTACHMENT: Attachment = {
  id: 'attachment-1',
  kind: 'page',
  title: 'How HTTP 402 came back from the future, and what it means for the web',
  url: 'https://reader.example.com/articles/402',
  text: '# How HTTP 402 came back\n\nFor three decades the status code 402 was reserved for future use.\n\n- It is short.\n- It is clear.'.repeat(
    12,
  ),
  truncated: true,
}

export function makeQuestion(part: Partial<UserMessage> = {}): UserMessage {
  return {
    role: 'user',
    id: 'question-1',
    createdAtMs: NOW - 6 * MINUTE,
    text: 'What is x402, in short?',
    attachments: [],
    ...part,
  }
}

export function makeAnswer(part: Partial<AnswerMessage> = {}): AnswerMessage {
  return {
    role: 'answer',
    purpose: 'answer',
    id: 'answer-1',
    createdAtMs: NOW - 5 * MINUTE,
    model: 'ambient/large',
    requestId: 'request-1',
    text: MARKDOWN_ANSWER,
    reasoning: 'The person wants a short explanation. I should name the status code and the three steps.',
    toolCalls: [],
    progress: { kind: 'done', finish: 'stop' },
    ...part,
  }
}

export function makeConversation(part: Partial<ConversationView> = {}): ConversationView {
  const messages = part.messages ?? [makeQuestion(), makeAnswer()]
  return {
    id: 'conversation-1',
    title: 'What is x402, in short?',
    pinned: false,
    createdAtMs: NOW - 6 * MINUTE,
    updatedAtMs: NOW - 5 * MINUTE,
    options: { model: null, system: '', temperature: null, maxTokens: null },
    draft: { text: '', attachments: [] },
    messages,
    sentFrom: null,
    requestIds: messages.flatMap((message) =>
      message.role === 'answer' && message.requestId !== null ? [message.requestId] : [],
    ),
    ...part,
  }
}

export function makeSummary(part: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    id: 'conversation-1',
    title: 'What is x402, in short?',
    pinned: false,
    createdAtMs: NOW - 6 * MINUTE,
    updatedAtMs: NOW - 5 * MINUTE,
    messageCount: 2,
    running: false,
    snippet: null,
    ...part,
  }
}

export const PANEL_MODELS: readonly ModelView[] = [
  {
    ...{ name: 'ambient/large', id: 'ambient/large', gatewayId: 'jumpgate', gatewayName: 'Ambient JumpGate' },
    ...{ currency: 'USDC', contextLength: 131_072, price: null, proof: 'ambient', enabled: true },
  },
  {
    ...{ name: 'ambient/mini', id: 'ambient/mini', gatewayId: 'jumpgate', gatewayName: 'Ambient JumpGate' },
    ...{ currency: 'USDC', contextLength: 32_768, price: null, proof: 'ambient', enabled: true },
  },
  {
    ...{ name: 'gpt-5-mini', id: 'gpt-5-mini', gatewayId: 'opengradient', gatewayName: 'OpenGradient' },
    ...{ currency: 'OPG', contextLength: null, proof: 'tee', enabled: true },
    price: { input: '0.25', output: '2', unit: 'USD' },
  },
]

/** As JumpGate's documentation quotes it. */
export const SAMPLES: readonly PriceSample[] = [
  {
    ...{ model: 'jumpgate/ambient/large', estimatedTokens: 15, inputTokens: 17, maxOutputTokens: 1000 },
    ...{ currency: 'USDC', max: '4474', atMs: NOW - MINUTE },
  },
]

export function makePanelHost(part: Partial<PanelHost> = {}): PanelHost {
  return {
    ...createFakeShell({ surface: 'page' }),
    pageTab: async () => 7,
    windowId: async () => 1,
    reloadTab: async () => undefined,
    openInTab: () => undefined,
    isOnline: () => true,
    onOnlineChange: () => () => undefined,
    ...part,
  }
}

/** A background in which everything is well: unlocked, funded, one conversation. */
export function panelAnswers(conversation: ConversationView, part: FakeAnswers = {}): FakeAnswers {
  return {
    'chat.get': () => conversation,
    'chat.list': () => [makeSummary({ id: conversation.id, title: conversation.title })],
    'chat.create': () => conversation,
    'chat.samples': () => SAMPLES,
    'chat.receipts': ({ requestIds }) => requestIds.map((id) => makeRow({ id, principal: 'panel' })),
    'chat.takeIntent': () => null,
    'chat.saveDraft': () => ({ saved: true }),
    'models.list': () => PANEL_MODELS,
    'settings.get': () => makeSettings(),
    'sites.get': () =>
      makeSite({ principal: 'panel', budgets: [makeBudget({ cap: '1000000', remaining: '883126' })] }),
    'home.get': () => ({
      ...{ wallet: makeWallet(), frozen: makeGuards().frozen, online: true, today: [], latest: [] },
      ...{ approvalsWaiting: 0, livePayments: 0, site: null },
    }),
    'balances.get': () => [
      {
        ...{ network: 'eip155:8453', currency: 'USDC', asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913' },
        ...{ symbol: 'USDC', decimals: 6, amount: '4982110', atMs: NOW - MINUTE, failed: false },
      },
    ],
    ...part,
  }
}
