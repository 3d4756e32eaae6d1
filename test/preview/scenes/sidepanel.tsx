import type { Proof } from '../../../src/domain/payment.ts'
import type { ConversationView } from '../../../src/protocol/chat-views.ts'
import { OptionsDialog } from '../../../src/ui/sidepanel/dialogs/options-dialog.tsx'
import type { PanelHost } from '../../../src/ui/sidepanel/panel-host.ts'
import { SidePanel } from '../../../src/ui/sidepanel/side-panel.tsx'
import type { FakeAnswers } from '../../ui/fake-client.ts'
import { MINUTE, makeLiveRow, makeRow, makeSettings, makeWallet, NOW } from '../../ui/samples.ts'
import {
  ATTACHMENT,
  MARKDOWN_ANSWER,
  makeAnswer,
  makeConversation,
  makePanelHost,
  makeQuestion,
  makeSummary,
  panelAnswers,
} from '../../ui/sidepanel/chat-samples.ts'
import { Frame } from '../frame.tsx'
import type { Scene } from '../scene.ts'

interface SceneParts {
  readonly conversation?: Partial<ConversationView>
  readonly answers?: FakeAnswers
  readonly host?: Partial<PanelHost>
  readonly on?: Scene['on']
  readonly dir?: 'rtl'
}

function scene(
  id: string,
  { conversation = {}, answers = {}, host = {}, on = ['panel'], dir }: SceneParts = {},
): Scene {
  return {
    id: `panel/${id}`,
    on,
    ...(dir ? { dir } : {}),
    render: () => (
      <Frame answers={panelAnswers(makeConversation(conversation), answers)}>
        <SidePanel host={makePanelHost(host)} />
      </Frame>
    ),
  }
}

const home = (part: Partial<Awaited<ReturnType<NonNullable<FakeAnswers['home.get']>>>>): FakeAnswers => ({
  'home.get': () => ({
    ...{ wallet: makeWallet(), frozen: false, online: true, today: [], latest: [] },
    ...{ approvalsWaiting: 0, livePayments: 0, site: null },
    ...part,
  }),
})

const draft = { text: 'And how does the client know what it may spend?', attachments: [] }
const empty: SceneParts['conversation'] = { title: '', messages: [] }
const noFunds: FakeAnswers = {
  'balances.get': () => [
    {
      ...{ network: 'eip155:8453', currency: 'USDC', asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913' },
      ...{ symbol: 'USDC', decimals: 6, amount: '0', atMs: NOW, failed: false },
    },
  ],
}

const half = `${MARKDOWN_ANSWER.slice(0, 420)}`
const teeProof: Proof = {
  kind: 'tee',
  verdict: 'verified',
  teeId: `0x${'7a'.repeat(32)}`,
  timestamp: 1_790_000_000,
  requestHash: 'c1'.repeat(32),
  outputHash: '5f'.repeat(32),
  signature: 'c2lnbmF0dXJl',
}

export const SIDEPANEL_SCENES: readonly Scene[] = [
  scene('conversation', { on: ['panel', 'narrow', 'page'], conversation: { draft } }),
  scene('empty', { conversation: empty, on: ['panel', 'narrow'] }),
  scene('waiting', {
    conversation: {
      messages: [
        makeQuestion(),
        makeAnswer({ text: '', reasoning: '', requestId: null, progress: { kind: 'waiting' } }),
      ],
    },
  }),
  scene('waiting-for-yes', {
    conversation: {
      messages: [
        makeQuestion(),
        makeAnswer({ text: '', reasoning: '', requestId: null, progress: { kind: 'waiting' } }),
      ],
    },
    answers: home({ approvalsWaiting: 1 }),
  }),
  scene('thinking', {
    conversation: { messages: [makeQuestion(), makeAnswer({ text: '', progress: { kind: 'streaming' } })] },
  }),
  scene('streaming', {
    conversation: { messages: [makeQuestion(), makeAnswer({ text: half, progress: { kind: 'streaming' } })] },
  }),
  scene('stopped', {
    conversation: {
      messages: [makeQuestion(), makeAnswer({ text: half, progress: { kind: 'stopped', charged: 'maybe' } })],
    },
    answers: { 'chat.receipts': () => [makeLiveRow({ id: 'request-1', held: '4474' })] },
  }),
  scene('interrupted', {
    conversation: {
      messages: [
        makeQuestion(),
        makeAnswer({ text: half, progress: { kind: 'interrupted', charged: 'maybe' } }),
      ],
    },
    answers: { 'chat.receipts': () => [makeLiveRow({ id: 'request-1', held: '4474' })] },
  }),
  scene('cut-off', {
    conversation: {
      messages: [makeQuestion(), makeAnswer({ text: half, progress: { kind: 'done', finish: 'length' } })],
    },
  }),
  scene('failed', {
    conversation: {
      messages: [
        makeQuestion(),
        makeAnswer({
          ...{ text: '', reasoning: '', requestId: null },
          progress: {
            kind: 'failed',
            cause: 'gateway-refused',
            facts: { said: 'insufficient_funds: the payer cannot cover this payment' },
            charged: 'no',
          },
        }),
      ],
    },
  }),
  scene('tee-proof', {
    conversation: { messages: [makeQuestion(), makeAnswer({ text: half, model: 'gpt-5-mini' })] },
    answers: {
      'chat.receipts': () => [
        makeRow({
          ...{ id: 'request-1', currency: 'OPG', cost: '1250000000000000', max: '1000000000000000000' },
          ...{ gatewayName: 'OpenGradient', model: 'gpt-5-mini', expected: null, proof: teeProof },
        }),
      ],
    },
  }),
  scene('tools-and-summary', {
    conversation: {
      messages: [
        makeQuestion(),
        makeAnswer({
          id: 'answer-0',
          text: 'The weather in Berlin is mild.',
          toolCalls: [{ name: 'get_weather', arguments: '{"city":"Berlin"}' }],
        }),
        makeAnswer({
          id: 'summary',
          purpose: 'summary',
          reasoning: '',
          text: 'They asked about x402 and about Berlin.',
        }),
        makeQuestion({ id: 'question-2', text: 'Go on.' }),
        makeAnswer({ id: 'answer-2', text: 'Gladly.', reasoning: '' }),
      ],
    },
  }),
  scene('summary-cut-off', {
    conversation: {
      messages: [
        makeQuestion(),
        makeAnswer(),
        makeAnswer({
          ...{ id: 'summary', purpose: 'summary', reasoning: '', requestId: null },
          text: 'They asked what x402 is, in short, and',
          progress: { kind: 'done', finish: 'length' },
        }),
      ],
    },
  }),
  scene('attached', {
    on: ['panel', 'narrow'],
    conversation: { ...empty, draft: { text: 'Summarise this page.', attachments: [ATTACHMENT] } },
  }),
  scene('context-full', {
    conversation: {
      messages: [makeQuestion({ text: 'word '.repeat(30_000) }), makeAnswer({ text: half })],
      options: { model: 'ambient/mini', system: '', temperature: null, maxTokens: null },
      sentFrom: null,
    },
    answers: {
      'chat.samples': () => [
        {
          ...{ model: 'jumpgate/ambient/mini', estimatedTokens: 15, inputTokens: 17, maxOutputTokens: 1000 },
          ...{ currency: 'USDC', max: '4474', atMs: NOW },
        },
      ],
    },
  }),
  scene('too-long', {
    conversation: {
      messages: [
        ...[makeQuestion({ id: 'first' }), makeAnswer({ id: 'first-answer', text: half }), makeQuestion()],
        makeAnswer({
          ...{ text: '', reasoning: '', requestId: null },
          progress: {
            ...{ kind: 'failed', cause: 'gateway-error', charged: 'no' },
            facts: { status: '400', said: 'prompt is too long: 204900 tokens > 200000 maximum' },
          },
        }),
      ],
      options: { model: 'gpt-5-mini', system: '', temperature: null, maxTokens: null },
    },
  }),
  {
    id: 'panel/options',
    on: ['panel', 'narrow'],
    render: () => (
      <Frame answers={panelAnswers(makeConversation())}>
        <OptionsDialog
          options={makeConversation().options}
          defaultLimit={1024}
          context={{
            tokens: 12_400,
            room: { kind: 'enough', canSum: true },
            ways: {
              summaryPrice: { kind: 'estimate', amount: '4474', currency: 'USDC' },
              onSummarise: () => undefined,
              onDropOldest: null,
              onNew: () => undefined,
            },
          }}
          onSave={() => undefined}
          onShortcuts={() => undefined}
          onOpenInTab={() => undefined}
          onClose={() => undefined}
        />
      </Frame>
    ),
  },
  scene('no-wallet', {
    conversation: { ...empty, draft },
    answers: home({ wallet: makeWallet({ kind: 'none' }) }),
  }),
  scene('locked', { conversation: { draft }, answers: home({ wallet: makeWallet({ kind: 'locked' }) }) }),
  scene('no-funds', { conversation: { ...empty, draft }, answers: noFunds }),
  scene('frozen', { conversation: { draft }, answers: home({ frozen: true }) }),
  scene('offline', { conversation: { draft }, host: { isOnline: () => false } }),
  scene('live-quote', {
    conversation: { draft },
    answers: {
      'settings.get': () => ({ ...makeSettings(), privacy: { ...makeSettings().privacy, liveQuotes: true } }),
      'chat.quoteLive': () => ({
        ...{ expected: '4424', max: '4474', currency: 'USDC', inputTokens: 17, maxOutputTokens: 1000 },
        needsApproval: false,
      }),
    },
  }),
  scene('list', {
    on: ['page'],
    answers: {
      'chat.list': () => [
        makeSummary({ pinned: true }),
        makeSummary({
          id: 'b',
          title: 'A recipe for four people without a stove, and what to buy for it',
          updatedAtMs: NOW - 90 * MINUTE,
        }),
        makeSummary({ id: 'c', title: '', messageCount: 0, updatedAtMs: NOW - 3 * 1440 * MINUTE }),
        makeSummary({ id: 'd', title: 'Still answering', running: true }),
        makeSummary({ id: 'e', title: 'Found', snippet: '…what the word stablecoin means in…' }),
      ],
    },
  }),
  scene('right-to-left', {
    dir: 'rtl',
    conversation: {
      title: 'מהו x402?',
      messages: [
        makeQuestion({ text: 'מהו x402?' }),
        makeAnswer({ text: 'זהו **תקן פתוח** לתשלום דרך HTTP.\n\n- פשוט\n- מהיר' }),
      ],
    },
  }),
]
