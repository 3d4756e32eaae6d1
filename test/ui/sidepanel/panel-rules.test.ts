import { describe, expect, it } from 'vitest'
import type { ChatEvent } from '../../../src/protocol/chat-views.ts'
import type { BalanceView } from '../../../src/protocol/ui-views.ts'
import { chosenModel, samplesOf } from '../../../src/ui/sidepanel/composer/chosen-model.ts'
import { contextRoom, failedByLength } from '../../../src/ui/sidepanel/composer/context-room.ts'
import { dropPoint } from '../../../src/ui/sidepanel/composer/drop-point.ts'
import { conversationCost } from '../../../src/ui/sidepanel/conversation/conversation-cost.ts'
import { applyChatEvent, runningAnswer } from '../../../src/ui/sidepanel/conversation/conversation-state.ts'
import { decideGate } from '../../../src/ui/sidepanel/gate/gate.ts'
import { makeLiveRow, makeReleasedRow, makeRow, makeWallet, NOW } from '../samples.ts'
import { makeAnswer, makeConversation, makeQuestion, PANEL_MODELS, SAMPLES } from './chat-samples.ts'

const streaming = makeConversation({
  messages: [makeQuestion(), makeAnswer({ text: 'abc', reasoning: '', progress: { kind: 'streaming' } })],
})
const delta = (at: number, text: string, id = 'conversation-1'): ChatEvent => ({
  ...{ kind: 'delta', id, messageId: 'answer-1', part: 'text', at, text },
})
const textAfter = (event: ChatEvent) => {
  const applied = applyChatEvent(streaming, event)
  return applied.kind === 'changed' ? applied.conversation.messages[1]?.text : applied.kind
}

describe('events of a conversation', () => {
  it.each([
    ['what follows is added', delta(3, 'def'), 'abcdef'],
    ['what is partly known adds its rest', delta(1, 'bcd'), 'abcd'],
    ['what is known already changes nothing', delta(0, 'abc'), 'same'],
    ['a gap is read again', delta(4, 'x'), 'stale'],
    ['another conversation is none of ours', delta(3, 'x', 'other'), 'same'],
    ['an unknown message is read again', { ...delta(0, 'x'), messageId: 'new' } as ChatEvent, 'stale'],
    ['a change of the conversation is read again', { kind: 'conversation', id: 'conversation-1' }, 'stale'],
    ['what nobody heard is read again', { kind: 'missed' }, 'stale'],
    ['its end is told', { kind: 'deleted', id: 'conversation-1' }, 'deleted'],
    ['the list is none of ours', { kind: 'list' }, 'same'],
  ] as const)('%s', (_name, event, expected) => {
    expect(textAfter(event)).toBe(expected)
  })
  it('never takes back text that came already', () => {
    const message = makeAnswer({
      text: 'a',
      reasoning: '',
      progress: { kind: 'streaming' },
      requestId: 'request-9',
    })
    const applied = applyChatEvent(streaming, { kind: 'message', id: 'conversation-1', message })
    expect(applied).toMatchObject({
      kind: 'changed',
      conversation: { requestIds: ['request-1', 'request-9'] },
    })
    expect(applied.kind === 'changed' && applied.conversation.messages[1]?.text).toBe('abc')
  })
  it('take the whole message at its end', () => {
    const message = makeAnswer({ text: 'ab', progress: { kind: 'done', finish: 'stop' } })
    const applied = applyChatEvent(streaming, { kind: 'message', id: 'conversation-1', message })
    expect(applied.kind === 'changed' && applied.conversation.messages[1]).toEqual(message)
    expect(applied.kind === 'changed' && runningAnswer(applied.conversation)).toBeNull()
  })
})

describe('what is in the way', () => {
  const balance = (amount: string | null, currency: BalanceView['currency'] = 'USDC'): BalanceView => ({
    ...{
      network: 'eip155:8453',
      currency,
      asset: '0x',
      symbol: 'x',
      decimals: 6,
      amount,
      atMs: NOW,
      failed: false,
    },
  })
  const home = (kind: 'none' | 'damaged' | 'locked' | 'unlocked', frozen = false) => ({
    wallet: makeWallet({ kind }),
    frozen,
  })
  const facts = { online: true, balances: [balance('1')] }
  it.each([
    ['nothing', home('unlocked'), facts, 'open'],
    ['nothing that is known yet', null, facts, 'open'],
    ['no wallet, above all', home('none', true), { online: false, balances: [] }, 'no-wallet'],
    ['a damaged wallet', home('damaged'), facts, 'damaged'],
    ['the freeze', home('locked', true), facts, 'frozen'],
    ['the connection', home('locked'), { ...facts, online: false }, 'offline'],
    ['the lock', home('locked'), facts, 'locked'],
    ['no money, before the lock', home('locked'), { ...facts, balances: [balance('0')] }, 'no-funds'],
    [
      'no money although there is a fee coin',
      home('unlocked'),
      { ...facts, balances: [balance('0'), balance('9', null)] },
      'no-funds',
    ],
    [
      'nothing where one balance holds something',
      home('unlocked'),
      { ...facts, balances: [balance('0'), balance('1', 'OPG')] },
      'open',
    ],
    [
      'nothing where a balance was never read',
      home('unlocked'),
      { ...facts, balances: [balance('0'), balance(null)] },
      'open',
    ],
  ] as const)('%s', (_name, view, given, kind) => {
    expect(decideGate(view, given).kind).toBe(kind)
  })
})

describe('what a conversation cost', () => {
  it('is what was charged and what is on hold, per currency; what was released costs nothing', () => {
    const rows = [
      ...[
        makeRow({ cost: '4424' }),
        makeRow({ cost: '1000' }),
        makeLiveRow({ held: '5000' }),
        makeReleasedRow(),
      ],
      makeRow({ currency: 'OPG', cost: '1250000000000000000' }),
    ]
    expect(conversationCost(rows)).toEqual([
      { currency: 'USDC', spent: '5424', held: '5000' },
      { currency: 'OPG', spent: '1250000000000000000', held: '0' },
    ])
  })
})

describe('the model that will be asked', () => {
  it.each([
    ['its own', { own: 'ambient/mini', preferred: 'gpt-5-mini' }, 'ambient/mini'],
    ['by gateway and model', { own: 'opengradient/gpt-5-mini', preferred: null }, 'gpt-5-mini'],
    ['the default', { own: null, preferred: 'gpt-5-mini' }, 'gpt-5-mini'],
    ['the first', { own: null, preferred: null }, 'ambient/large'],
    ['none that is gone', { own: 'gone', preferred: null }, undefined],
  ])('%s', (_name, wanted, id) => {
    expect(chosenModel(PANEL_MODELS, wanted)?.id).toBe(id)
  })
  it('has the samples of its own gateway only', () => {
    expect(samplesOf(PANEL_MODELS[0] ?? null, SAMPLES)).toEqual(SAMPLES)
    expect(samplesOf(PANEL_MODELS[1] ?? null, SAMPLES)).toEqual([])
  })
})

describe('leaving out the oldest', () => {
  const messages = [0, 1, 2].flatMap((round) => [
    makeQuestion({ id: `q${round}`, text: 'x'.repeat(400) }),
    makeAnswer({ id: `a${round}`, text: 'y'.repeat(400) }),
  ])
  it('starts at the first question from which the rest fits', () => {
    expect(dropPoint({ messages, sentFrom: null }, 400)).toBe('q1')
    expect(dropPoint({ messages, sentFrom: null }, 200)).toBe('q2')
  })
  it('keeps the last question where nothing fits', () => {
    expect(dropPoint({ messages, sentFrom: null }, 0)).toBe('q2')
  })
  it('has nothing to leave out of a single question', () => {
    expect(dropPoint({ messages: messages.slice(0, 2), sentFrom: null }, 0)).toBeNull()
  })
})

describe('the room in a conversation', () => {
  const facts = { tokens: 100, historyTokens: 90, contextLength: 10_000, outputLimit: 1_000, refused: false }
  it.each([
    ['enough', {}, 'enough', true],
    ['enough where nobody knows the length', { contextLength: null, tokens: 9_000_000 }, 'enough', true],
    ['nearly full from four fifths on', { tokens: 7_000, historyTokens: 6_900 }, 'nearly-full', true],
    ['full by what was typed: the history can still be summed up', { tokens: 9_001 }, 'full', true],
    [
      'full by the history: a sum would not fit either',
      { tokens: 9_100, historyTokens: 9_001 },
      'full',
      false,
    ],
    ['full where the gateway said so', { refused: true }, 'full', false],
    [
      'full where the gateway said so of an unknown length',
      { refused: true, contextLength: null },
      'full',
      false,
    ],
  ] as const)('is %s', (_name, part, kind, canSum) => {
    expect(contextRoom({ ...facts, ...part })).toEqual({ kind, canSum })
  })
  const failed = (cause: string, more: Record<string, string> = {}) =>
    failedByLength({ progress: { kind: 'failed', cause, facts: more, charged: 'no' } })
  it.each([
    ["This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens."],
    ['context_length_exceeded'],
    ['prompt is too long: 204900 tokens > 200000 maximum'],
    ['The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).'],
  ])('was too little where a gateway says: %s', (said) => {
    expect(failed('gateway-error', { status: '400', said })).toBe(true)
  })
  it('was too little for a body that is refused for its size, and for nothing else that failed', () => {
    expect(failed('body-too-large')).toBe(true)
    expect(failed('gateway-error', { status: '413', said: '' })).toBe(true)
    expect(
      failed('gateway-error', { status: '429', said: 'Rate limit reached: 10000 tokens per minute' }),
    ).toBe(false)
    expect(failed('gateway-unreachable')).toBe(false)
    expect(failedByLength({ progress: { kind: 'done', finish: 'length' } })).toBe(false)
  })
})
