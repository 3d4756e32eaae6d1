// @vitest-environment happy-dom
import '../install-words.ts'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ConversationView, PanelIntent } from '../../../src/protocol/chat-views.ts'
import { UiError } from '../../../src/protocol/ui-client.ts'
import type { PageRead } from '../../../src/protocol/ui-protocol.ts'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import type { PanelHost } from '../../../src/ui/sidepanel/panel-host.ts'
import { SidePanel } from '../../../src/ui/sidepanel/side-panel.tsx'
import { createFakeClient, type FakeAnswers, type FakeClient } from '../fake-client.ts'
import { makeLiveRow, makeSettings, makeWallet, NOW } from '../samples.ts'
import {
  makeAnswer,
  makeConversation,
  makePanelHost,
  makeQuestion,
  makeSummary,
  panelAnswers,
} from './chat-samples.ts'

let client: FakeClient

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('matchMedia', () => new NarrowScreen())
  location.hash = ''
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** As wide as a side panel: the list is a place of its own. */
class NarrowScreen extends EventTarget {
  readonly matches = false
}

interface Opening {
  readonly conversation?: Partial<ConversationView>
  readonly answers?: FakeAnswers
  readonly host?: Partial<PanelHost>
}

async function open({ conversation = {}, answers = {}, host = {} }: Opening = {}): Promise<void> {
  client = createFakeClient(panelAnswers(makeConversation(conversation), answers))
  render(
    <AppProvider client={client} shell={makePanelHost()} now={() => NOW}>
      <SidePanel host={makePanelHost(host)} />
    </AppProvider>,
  )
  await screen.findByRole('textbox', { name: 'Message' })
  await settle()
}

/** Does something and lets its effects run. */
const does = (work: () => unknown) =>
  act(() => {
    work()
  })

/** Lets answers arrive and frames pass. */
async function settle(): Promise<void> {
  await act(() => new Promise((resolve) => setTimeout(resolve, 40)))
}

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
const type = (text: string) => does(() => fireEvent.input(field(), { target: { value: text } }))
const press = (element: Element, key: string, more: object = {}) =>
  does(() => fireEvent.keyDown(element, { key, ...more }))
const click = async (name: string | RegExp) => {
  await does(() => fireEvent.click(screen.getByRole('button', { name })))
  await settle()
}
/** A context menu's wish, there for the first who takes it. */
function once(intent: PanelIntent): () => PanelIntent | null {
  const left = [intent]
  return () => left.shift() ?? null
}
const called = (method: string) =>
  client.calls.filter((call) => call.method === method).map(({ params }) => params)

describe('asking', () => {
  const sent = makeConversation({
    messages: [
      makeQuestion({ text: 'hello' }),
      makeAnswer({ text: '', reasoning: '', requestId: null, progress: { kind: 'waiting' } }),
    ],
  })
  const empty = { title: '', messages: [] }

  it('sends on Enter, empties the field and keeps the focus in it', async () => {
    await open({ conversation: empty, answers: { 'chat.send': () => sent } })
    await type('hello')
    await press(field(), 'Enter')
    await settle()
    expect(called('chat.send')).toEqual([{ id: 'conversation-1', draft: { text: 'hello', attachments: [] } }])
    expect(field().value).toBe('')
    expect(document.activeElement).toBe(field())
    expect(screen.getByText('Getting the price and paying…')).toBeTruthy()
  })
  it('makes a new line on Shift+Enter, and does not send while a word is being composed', async () => {
    await open({ conversation: empty })
    await type('hello')
    await press(field(), 'Enter', { shiftKey: true })
    await press(field(), 'Enter', { isComposing: true })
    expect(called('chat.send')).toEqual([])
  })
  it('sends nothing that is empty', async () => {
    await open({ conversation: empty })
    await type('  \n ')
    await press(field(), 'Enter')
    expect(called('chat.send')).toEqual([])
  })
  it('gives the question back where it was not taken', async () => {
    const refuse = () => Promise.reject(new UiError('restarting'))
    await open({ conversation: empty, answers: { 'chat.send': refuse } })
    await type('hello')
    await press(field(), 'Enter')
    await settle()
    expect(field().value).toBe('hello')
    expect(screen.getByText(/The extension is restarting/)).toBeTruthy()
  })
  it('keeps the draft while it is typed, and at once when the panel closes', async () => {
    await open({ conversation: empty })
    await type('half a thou')
    expect(called('chat.saveDraft')).toEqual([])
    dispatchEvent(new Event('pagehide'))
    expect(called('chat.saveDraft')).toEqual([
      { id: 'conversation-1', draft: { text: 'half a thou', attachments: [] } },
    ])
  })
  it('marks the price as an estimate, and asks no gateway while the switch is off', async () => {
    await open({ conversation: empty })
    await type('hello there')
    expect(screen.getByText('Estimate')).toBeTruthy()
    await act(() => new Promise((resolve) => setTimeout(resolve, 1100)))
    expect(called('chat.quoteLive')).toEqual([])
  })
  it("asks for the gateway's own price where the switch is on, once typing rests, and anew for another model", async () => {
    const settings = makeSettings()
    const quote = {
      expected: '4424',
      max: '4474',
      currency: 'USDC',
      inputTokens: 17,
      maxOutputTokens: 1000,
      needsApproval: false,
    } as const
    let now = makeConversation(empty)
    await open({
      conversation: empty,
      answers: {
        'chat.get': () => now,
        'settings.get': () => ({ ...settings, privacy: { ...settings.privacy, liveQuotes: true } }),
        'chat.quoteLive': () => quote,
      },
    })
    await type('hello')
    await type('hello there')
    await waitFor(() => expect(screen.getByText('Quote')).toBeTruthy(), { timeout: 3000 })
    expect(called('chat.quoteLive')).toEqual([
      { id: 'conversation-1', draft: { text: 'hello there', attachments: [] } },
    ])
    const options = { model: 'gpt-5-mini', system: '', temperature: null, maxTokens: null }
    now = makeConversation({ ...empty, options })
    client.emit({ topic: 'chat', event: { kind: 'conversation', id: 'conversation-1' } })
    await waitFor(() => expect(screen.queryByText('Quote')).toBeNull())
    await waitFor(() => expect(screen.getByText('Quote')).toBeTruthy(), { timeout: 3000 })
    expect(called('chat.quoteLive')).toHaveLength(2)
  })
})

describe('an answer on its way', () => {
  const streaming = {
    messages: [makeQuestion(), makeAnswer({ text: 'One. ', reasoning: '', progress: { kind: 'streaming' } })],
  }
  const delta = (at: number, text: string) =>
    client.emit({
      topic: 'chat',
      event: { kind: 'delta', id: 'conversation-1', messageId: 'answer-1', part: 'text', at, text },
    })

  it('grows as it comes', async () => {
    await open({ conversation: streaming })
    delta(5, 'Two **bold**.')
    await settle()
    expect(screen.getByText('bold').localName).toBe('strong')
    expect(called('chat.get')).toHaveLength(called('chat.get').length)
  })
  it('is read again where something was missed', async () => {
    await open({ conversation: streaming })
    const before = called('chat.get').length
    delta(50, 'Later.')
    await settle()
    expect(called('chat.get').length).toBe(before + 1)
  })
  it('that ended with the worker shows Send again, without a reload', async () => {
    let now = makeConversation(streaming)
    await open({ conversation: streaming, answers: { 'chat.get': () => now } })
    expect(screen.getByRole('button', { name: 'Stop' })).toBeTruthy()
    const interrupted = makeAnswer({
      text: 'One. ',
      reasoning: '',
      progress: { kind: 'interrupted', charged: 'maybe' },
    })
    now = makeConversation({ messages: [makeQuestion(), interrupted] })
    client.emit({ topic: 'chat', event: { kind: 'missed' } })
    await settle()
    expect(screen.getByRole('button', { name: 'Send' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull()
  })
  it('is stopped by the button and by Esc', async () => {
    await open({ conversation: streaming, answers: { 'chat.stop': () => ({ stopped: true }) } })
    expect(screen.queryByRole('button', { name: 'Send' })).toBeNull()
    await click('Stop')
    await press(document.body, 'Escape')
    await settle()
    expect(called('chat.stop')).toEqual([{ id: 'conversation-1' }, { id: 'conversation-1' }])
    expect(document.activeElement).toBe(field())
  })
  it('is read out by whole sentences, politely', async () => {
    await open({ conversation: streaming })
    delta(5, 'Two is whole. Three is n')
    const region = document.querySelector('[data-speaker]')
    expect(region?.getAttribute('aria-live')).toBe('polite')
    await waitFor(() => expect(region?.textContent).toBe('Two is whole.'), { timeout: 5000 })
  })
  it('says that the person is asked, while an approval waits', async () => {
    await open({
      conversation: {
        messages: [
          makeQuestion(),
          makeAnswer({ text: '', reasoning: '', requestId: null, progress: { kind: 'waiting' } }),
        ],
      },
      answers: {
        'home.get': () => ({
          wallet: makeWallet(),
          frozen: false,
          online: true,
          today: [],
          latest: [],
          approvalsWaiting: 1,
          livePayments: 0,
          site: null,
        }),
      },
    })
    expect(screen.getByText('Waiting for your yes in the approval window…')).toBeTruthy()
  })
})

describe('an answer that ended', () => {
  const after = makeConversation()

  it('is asked for again at a new price, said so', async () => {
    await open({ answers: { 'chat.retry': () => after } })
    const retry = screen.getByRole('button', { name: 'Retry' })
    expect(retry.getAttribute('aria-description')).toBe('Asks again at a new price; this answer is replaced.')
    await click('Retry')
    expect(called('chat.retry')).toEqual([{ id: 'conversation-1', messageId: 'answer-1' }])
  })
  it('says whether money moved where it failed', async () => {
    const failed = makeAnswer({
      ...{ text: '', reasoning: '', requestId: null },
      progress: { kind: 'failed', cause: 'person-rejected', facts: {}, charged: 'no' },
    })
    await open({ conversation: { messages: [makeQuestion(), failed] } })
    const notice = screen.getByText('You said no to the price.').closest('.notice')
    expect(notice?.textContent).toContain('Nothing was charged. Retry asks for the price again.')
  })
  it('says what is on hold where it was stopped', async () => {
    await open({
      conversation: {
        messages: [
          makeQuestion(),
          makeAnswer({ text: 'Half', progress: { kind: 'stopped', charged: 'maybe' } }),
        ],
      },
      answers: { 'chat.receipts': () => [makeLiveRow({ id: 'request-1', held: '4474' })] },
    })
    expect(screen.getByText(/Stopped\. \$0\.0045 on hold until/)).toBeTruthy()
  })
  it('shows its proof in plain words with hashes and cost', async () => {
    await open()
    await click(/Reported as verified/)
    const dialog = screen.getByRole('dialog')
    expect(dialog.textContent).toContain('Ambient reports this answer as verified.')
    expect(dialog.textContent).toContain('1018ff4a7d0a3c5e9f2b6d8c0e1f3a5b7c9d0e2f4a6b8c0d1e3f5a7b9c0d2e4f')
    expect(within(dialog).getByText(/expected, \$0\.0045 at most/)).toBeTruthy()
  })
  it('is deleted with its button', async () => {
    await open({ answers: { 'chat.deleteMessage': () => after } })
    await does(() =>
      fireEvent.click(screen.getAllByRole('button', { name: 'Delete' }).at(-1) ?? document.body),
    )
    await settle()
    expect(called('chat.deleteMessage')).toEqual([{ id: 'conversation-1', messageId: 'answer-1' }])
  })
})

describe('a conversation that grew too long', () => {
  const rounds = (count: number) =>
    Array.from({ length: count }, (_, round) => [
      makeQuestion({ id: `q${round}`, text: 'x'.repeat(4_000) }),
      makeAnswer({ id: `a${round}`, text: 'y'.repeat(4_000), reasoning: '', requestId: null }),
    ]).flat()
  const options = { model: 'gpt-5-mini', system: '', temperature: null, maxTokens: null }
  const after = makeConversation()
  const isOff = (name: string | RegExp) =>
    screen.getByRole('button', { name }).getAttribute('aria-disabled') === 'true'

  it('has its ways out in the options, although nobody knows how much its model takes', async () => {
    await open({
      conversation: { options, messages: rounds(3) },
      answers: { 'chat.dropOldest': () => after, 'chat.summarise': () => after },
    })
    expect(screen.queryByText(/too long for the model/)).toBeNull()
    await click('Options')
    const dialog = screen.getByRole('dialog')
    expect(dialog.textContent).toContain('about 6,0')
    await does(() => fireEvent.click(within(dialog).getByRole('button', { name: 'Leave out the oldest' })))
    await settle()
    await click('Options')
    await click(/^Sum up/)
    expect(called('chat.dropOldest')).toEqual([{ id: 'conversation-1', sentFrom: 'q2' }])
    expect(called('chat.summarise')).toEqual([{ id: 'conversation-1' }])
  })
  it('shows them under an answer that failed because of it; summing up would fail alike', async () => {
    const failed = makeAnswer({
      ...{ id: 'failed', text: '', reasoning: '', requestId: null },
      progress: {
        ...{ kind: 'failed', cause: 'gateway-error', charged: 'no' },
        facts: { status: '400', said: 'prompt is too long: 9 tokens > 8 maximum' },
      },
    })
    const question = makeQuestion({ id: 'last', text: 'And now?' })
    await open({ conversation: { options, messages: [...rounds(3), question, failed] } })
    expect(screen.getByText('This conversation is too long for the model')).toBeTruthy()
    expect([isOff(/^Sum up/), isOff('Leave out the oldest')]).toEqual([true, false])
  })
  it.each([
    ['whole', { kind: 'done', finish: 'stop' }, false, false],
    ['cut off', { kind: 'done', finish: 'length' }, true, true],
    ['stopped', { kind: 'stopped', charged: 'maybe' }, true, false],
    ['broken off with the worker', { kind: 'interrupted', charged: 'maybe' }, true, false],
    ['refused', { kind: 'failed', cause: 'gateway-error', facts: {}, charged: 'no' }, true, false],
  ] as const)('says of a summary that is %s what it stands for', async (_how, progress, kept, longer) => {
    const summary = makeAnswer({ id: 'sum', purpose: 'summary', text: 'They said', reasoning: '', progress })
    await open({ conversation: { messages: [...rounds(1), summary, makeQuestion({ id: 'next' })] } })
    expect(screen.queryByText(/so it replaces nothing/) !== null).toBe(kept)
    expect(screen.queryByText(/allow longer answers in the options/) !== null).toBe(longer)
    expect(screen.queryByText('The summary stands for what is above.') !== null).toBe(!kept)
  })
  it('is not sent whole again where there is nothing older to leave out', async () => {
    const long = [makeQuestion({ text: 'x'.repeat(600_000) }), makeAnswer()]
    await open({ conversation: { messages: long, sentFrom: 'question-1' } })
    expect(screen.getByText('This conversation is too long for the model')).toBeTruthy()
    expect(isOff('Leave out the oldest')).toBe(true)
    await click('Leave out the oldest')
    await click(/^Sum up/)
    expect([called('chat.dropOldest'), called('chat.summarise')]).toEqual([[], []])
  })
})

describe('the focus', () => {
  it('goes to the field where the pressed button goes with its message', async () => {
    const after = makeConversation()
    await open({ answers: { 'chat.retry': () => after, 'chat.deleteMessage': () => after } })
    for (const name of ['Retry', 'Delete']) {
      const button = screen.getAllByRole('button', { name }).at(-1)
      button?.focus()
      await does(() => button?.click())
      await settle()
      expect(document.activeElement, name).toBe(field())
    }
  })
  it('goes into the list, and back to the field with Esc, which stops no answer behind it', async () => {
    const streaming = makeAnswer({ text: 'One. ', reasoning: '', progress: { kind: 'streaming' } })
    await open({ conversation: { messages: [makeQuestion(), streaming] } })
    await click('Conversations')
    expect(document.activeElement).toBe(screen.getByRole('searchbox'))
    await press(screen.getByRole('searchbox'), 'Escape', { bubbles: true })
    await settle()
    expect(screen.queryByRole('searchbox')).toBeNull()
    expect(document.activeElement).toBe(field())
    expect(called('chat.stop')).toEqual([])
  })
})

describe('editing', () => {
  it('starts with ↑ in the empty field, sends with Enter', async () => {
    await open({ answers: { 'chat.editAndResend': () => makeConversation() } })
    await press(field(), 'ArrowUp')
    const edit = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Edit the question' })
    expect(edit.value).toBe('What is x402, in short?')
    await does(() => fireEvent.input(edit, { target: { value: 'Another question' } }))
    await press(edit, 'Enter')
    await settle()
    expect(called('chat.editAndResend')).toEqual([
      { id: 'conversation-1', messageId: 'question-1', text: 'Another question' },
    ])
  })
  it('is given up with Esc, and the focus goes back', async () => {
    await open()
    await press(field(), 'ArrowUp')
    await press(screen.getByRole('textbox', { name: 'Edit the question' }), 'Escape')
    expect(screen.queryByRole('textbox', { name: 'Edit the question' })).toBeNull()
    expect(document.activeElement).toBe(field())
  })
  it('does not start with ↑ in a field that holds something', async () => {
    await open()
    await type('x')
    await press(field(), 'ArrowUp')
    expect(screen.queryByRole('textbox', { name: 'Edit the question' })).toBeNull()
  })
})

describe('the page as context', () => {
  const article = `<article><h1>Title</h1>${'<p>A sentence of the article that is long enough to be one.</p>'.repeat(20)}</article>`
  const page: PageRead = {
    kind: 'read',
    title: 'An article',
    url: 'https://reader.example.com/a',
    html: article,
    truncated: false,
  }

  it('is attached at a click, shown exactly as it is sent, and removed again', async () => {
    await open({ conversation: { title: '', messages: [] }, answers: { 'page.read': () => page } })
    await click('Attach this page')
    await waitFor(() => expect(screen.getByText('An article')).toBeTruthy())
    expect(called('page.read')).toEqual([{ tabId: 7, what: 'page' }])
    expect(screen.getByText('reader.example.com').parentElement?.textContent).toMatch(/\d+ tokens · adds/)
    await click(/Show what is sent/)
    const shown = screen.getByRole('dialog').querySelector('.attachment-text')?.textContent ?? ''
    expect(shown).toContain('A sentence of the article')
    await click('Close')
    await does(() => dispatchEvent(new Event('pagehide')))
    const saved = called('chat.saveDraft').at(-1)
    expect(JSON.stringify(saved)).toContain(JSON.stringify(shown).slice(1, 60))
    await click('Remove An article')
    expect(screen.queryByText('An article')).toBeNull()
  })
  it('is never read by itself', async () => {
    await open()
    await type('something')
    await settle()
    expect(called('page.read')).toEqual([])
  })
  it.each([
    [{ kind: 'needs-reload' }, 'This page was open before the extension was'],
    [{ kind: 'not-readable' }, 'This page cannot be read'],
    [{ ...page, html: '' }, 'Nothing is selected'],
  ] as const)('says why it cannot be attached: %j', async (read, words) => {
    await open({ answers: { 'page.read': () => read } })
    await click('Attach selection')
    await waitFor(() => expect(screen.getByText(words)).toBeTruthy())
  })
  it('is asked for by a context menu, and nothing is sent', async () => {
    const take = once({ kind: 'summarise-page', tabId: 9, windowId: 1, selection: null })
    await open({
      conversation: { title: '', messages: [] },
      answers: { 'chat.takeIntent': take, 'page.read': () => page },
    })
    await waitFor(() => expect(screen.getByText('An article')).toBeTruthy())
    expect(called('page.read')).toEqual([{ tabId: 9, what: 'page' }])
    expect(field().value).toBe('Summarise this page.')
    expect(called('chat.send')).toEqual([])
    expect(called('chat.takeIntent')).toEqual([{ windowId: 1 }])
  })
  it.each([
    ['in a PDF', { kind: 'not-readable' }, false],
    ['on a page that was open before the extension', { kind: 'unknown-page' }, false],
    ['in a frame, whatever is selected around it', page, true],
    ['where reading finds nothing', { ...page, html: '' }, false],
  ] as const)('is the text that the browser tells of a selection %s', async (_name, read, inFrame) => {
    const selection = { text: 'Words of the selection', title: 'Paper', url: 'https://p.example/a', inFrame }
    await open({
      conversation: { title: '', messages: [] },
      answers: {
        'chat.takeIntent': once({ kind: 'ask-selection', tabId: 9, windowId: 1, selection }),
        'page.read': () => read,
      },
    })
    await waitFor(() => expect(screen.getByText('Paper')).toBeTruthy())
    expect(screen.queryByText(/cannot be read|Nothing is selected/)).toBeNull()
    await click(/Show what is sent/)
    expect(screen.getByRole('dialog').querySelector('.attachment-text')?.textContent).toBe(
      'Words of the selection',
    )
  })
  it('takes no wish of a window in a tab of its own', async () => {
    await open({ host: { windowId: async () => null } })
    expect(called('chat.takeIntent')).toEqual([])
  })
  it('says to reload an ordinary website where nobody can tell what the page is', async () => {
    const reloaded: number[] = []
    await open({
      host: { reloadTab: async (tabId) => void reloaded.push(tabId) },
      answers: { 'page.read': () => ({ kind: 'unknown-page' }) },
    })
    await click('Attach this page')
    await waitFor(() => expect(screen.getByText(/If it is an ordinary website/)).toBeTruthy())
    await click('Reload the page')
    expect(reloaded).toEqual([7])
  })
})

describe('what is in the way', () => {
  const home = (part: object): FakeAnswers => ({
    'home.get': () => ({
      wallet: makeWallet(),
      frozen: false,
      online: true,
      today: [],
      latest: [],
      approvalsWaiting: 0,
      livePayments: 0,
      site: null,
      ...part,
    }),
  })
  const typed = { title: '', messages: [], draft: { text: 'My question', attachments: [] } }
  let amount = '0'
  const funds: FakeAnswers = {
    'balances.get': () => [
      {
        network: 'eip155:8453',
        currency: 'USDC',
        asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
        symbol: 'USDC',
        decimals: 6,
        amount,
        atMs: NOW,
        failed: false,
      },
    ],
  }

  it.each([
    ['no wallet', home({ wallet: makeWallet({ kind: 'none' }) }), 'Set up the wallet first'],
    [
      'a damaged wallet',
      home({ wallet: makeWallet({ kind: 'damaged' }) }),
      'The stored wallet cannot be read',
    ],
    ['a locked wallet', home({ wallet: makeWallet({ kind: 'locked' }) }), 'The wallet is locked'],
    ['the freeze', home({ frozen: true }), 'All spending is frozen'],
  ])('%s: says so, keeps the draft and sends nothing', async (_name, answers, words) => {
    await open({ conversation: typed, answers })
    expect(screen.getByText(words)).toBeTruthy()
    await press(field(), 'Enter')
    expect(field().value).toBe('My question')
    expect(called('chat.send')).toEqual([])
  })
  it('offline: says so, until the connection is back', async () => {
    let online = false
    let changed: () => void = () => undefined
    await open({
      conversation: typed,
      host: {
        isOnline: () => online,
        onOnlineChange: (listener) => {
          changed = listener
          return () => undefined
        },
      },
    })
    expect(screen.getByText('You are offline')).toBeTruthy()
    online = true
    await does(changed)
    expect(screen.queryByText('You are offline')).toBeNull()
  })
  it('unlocks in place', async () => {
    await open({
      conversation: typed,
      answers: {
        ...home({ wallet: makeWallet({ kind: 'locked' }) }),
        'wallet.unlock': () => ({ kind: 'wrong-password', retryAtMs: null }),
      },
    })
    await does(() => fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'guess' } }))
    await click('Unlock')
    expect(called('wallet.unlock')).toEqual([
      { password: { publicKey: 'key', iv: 'iv', data: 'sealed:guess' } },
    ])
    expect(screen.getByText('That is not the password.')).toBeTruthy()
  })
  it('without funds keeps the question, and sends it when the deposit is here and the person says so', async () => {
    amount = '0'
    await open({ conversation: typed, answers: { ...funds, 'chat.send': () => makeConversation() } })
    expect(screen.getByText('The wallet is empty')).toBeTruthy()
    await press(field(), 'Enter')
    expect(called('chat.send')).toEqual([])
    expect(screen.getByText(/It goes out when the deposit is here and you say so/)).toBeTruthy()
    amount = '5000000'
    client.emit({ topic: 'balances' })
    await waitFor(() => expect(screen.getByText(/The deposit is here: \$5\.00/)).toBeTruthy())
    expect(called('chat.send')).toEqual([])
    await click('Send the question')
    expect(called('chat.send')).toEqual([
      { id: 'conversation-1', draft: { text: 'My question', attachments: [] } },
    ])
  })
  it('does not take a balance that was never read for an empty one', async () => {
    await open({
      conversation: typed,
      answers: {
        'balances.get': () => [
          {
            network: 'eip155:8453',
            currency: 'USDC',
            asset: '0x',
            symbol: 'USDC',
            decimals: 6,
            amount: null,
            atMs: null,
            failed: true,
          },
        ],
      },
    })
    expect(screen.queryByText('The wallet is empty')).toBeNull()
  })
})

describe('conversations', () => {
  const two = [makeSummary(), makeSummary({ id: 'other', title: 'Another one' })]

  it('are searched, opened, renamed, pinned, exported and deleted', async () => {
    const saved: string[] = []
    await open({
      host: { saveFile: (name, _type, parts) => void saved.push(`${name}: ${parts.join('')}`) },
      answers: {
        'chat.list': () => two,
        'chat.rename': () => makeConversation(),
        'chat.pin': () => makeConversation(),
        'chat.export': () => ({ name: 'a.md', type: 'text/markdown', text: '# a' }),
        'chat.delete': () => ({ deleted: true }),
      },
    })
    await click('Conversations')
    await does(() => fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'coin' } }))
    await waitFor(() => expect(called('chat.list')).toContainEqual({ text: 'coin' }))
    await click('Actions for Another one')
    await does(() => fireEvent.input(screen.getByLabelText('Name'), { target: { value: 'Better' } }))
    await click('Rename')
    await click('Actions for Another one')
    await click('Pin')
    await click('Actions for Another one')
    await click('Export as markdown')
    await click('Actions for Another one')
    await click('Delete')
    await click('Delete')
    expect(called('chat.rename')).toEqual([{ id: 'other', title: 'Better' }])
    expect(called('chat.pin')).toEqual([{ id: 'other', pinned: true }])
    expect(saved).toEqual(['a.md: # a'])
    expect(called('chat.delete')).toEqual([{ id: 'other' }])
    await click(/^Another one/)
    expect(called('chat.get').at(-1)).toEqual({ id: 'other' })
  })
  it('are deleted all only after a second yes', async () => {
    await open({ answers: { 'chat.deleteAll': () => ({ deleted: 2 }) } })
    await click('Conversations')
    await click('Delete all conversations')
    expect(called('chat.deleteAll')).toEqual([])
    await does(() =>
      fireEvent.click(
        within(screen.getByRole('dialog')).getByRole('button', { name: 'Delete all conversations' }),
      ),
    )
    await settle()
    expect(called('chat.deleteAll')).toEqual([{}])
  })
  it('start anew with the model of the one in sight', async () => {
    await open()
    await click('New conversation')
    expect(called('chat.create')).toEqual([{ like: 'conversation-1' }])
  })
  it('show the newest of a long one, and earlier messages on demand', async () => {
    const messages = Array.from({ length: 500 }, (_, index) =>
      index % 2 === 0
        ? makeQuestion({ id: `q${index}`, text: `Question ${index}` })
        : makeAnswer({ id: `a${index}`, text: `Answer ${index}`, reasoning: '', requestId: null }),
    )
    await open({ conversation: { messages } })
    expect(screen.getByText('Answer 499')).toBeTruthy()
    await waitFor(() => expect(document.querySelectorAll('.message')).toHaveLength(30), { timeout: 3000 })
    expect(screen.queryByText('Question 400')).toBeNull()
    await click(/Show 470 earlier messages/)
    expect(document.querySelectorAll('.message').length).toBe(60)
  })
})

describe('shortcuts', () => {
  it('are shown by ?, outside of fields only', async () => {
    await open()
    await press(field(), '?')
    expect(screen.queryByRole('dialog')).toBeNull()
    await press(document.body, '?')
    expect(screen.getByRole('dialog').textContent).toContain('Shift + Enter')
    expect(screen.getByRole('dialog').textContent).toContain('Alt + Shift + X')
  })
})
