// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { options } from 'preact'
import { describe, expect, it } from 'vitest'
import { makeLiveRow, makeWallet } from '../samples.ts'
import { makeAnswer, makeConversation, makeQuestion } from './chat-samples.ts'
import { called, click, does, emit, field, open, press, settle, type } from './open-panel.tsx'

/** The names of the components that are rendered meanwhile. */
async function renderedBy(work: () => Promise<unknown>): Promise<readonly string[]> {
  const names: string[] = []
  const diffed = options.diffed ?? (() => undefined)
  options.diffed = (vnode) => {
    if (typeof vnode.type === 'function') names.push(vnode.type.name)
    diffed(vnode)
  }
  await work()
  options.diffed = diffed
  return names
}

describe('an answer on its way', () => {
  const streaming = {
    messages: [makeQuestion(), makeAnswer({ text: 'One. ', reasoning: '', progress: { kind: 'streaming' } })],
  }
  const delta = (at: number, text: string) =>
    emit({
      topic: 'chat',
      event: { kind: 'delta', id: 'conversation-1', messageId: 'answer-1', part: 'text', at, text },
    })

  it('grows as it comes', async () => {
    await open({ conversation: streaming })
    const before = called('chat.get').length
    delta(5, 'Two **bold**.')
    await settle()
    expect(screen.getByText('bold').localName).toBe('strong')
    expect(called('chat.get')).toHaveLength(before)
  })
  it('is rendered again as it grows, and nothing else is', async () => {
    await open({ conversation: streaming })
    const rendered = await renderedBy(async () => {
      delta(5, 'Two.')
      await settle()
    })
    expect(rendered).toContain('Markdown')
    expect(rendered).not.toContain('ConversationScreen')
    expect(rendered).not.toContain('MessageList')
    expect(rendered).not.toContain('PanelFoot')
  })
  it('counts what has come of it for the next question, as soon as that is typed', async () => {
    await open({ conversation: streaming })
    await type('And')
    const estimate = () => screen.getByText(/^about .* at most$/).textContent
    const before = estimate()
    delta(5, 'Two and more. '.repeat(2_000))
    await settle()
    expect(estimate()).toBe(before)
    await type('And')
    expect(estimate()).not.toBe(before)
  })
  it('keeps what has come of it where something else is rendered, and ends as it is told to have', async () => {
    await open({ conversation: streaming })
    delta(5, 'Two.')
    await settle()
    const rendered = await renderedBy(async () => {
      await type('The next question')
      await settle()
    })
    expect(rendered).toContain('ConversationScreen')
    expect(screen.getByText('One. Two.')).toBeTruthy()
    const message = makeAnswer({
      text: 'One. Two. Three.',
      reasoning: '',
      progress: { kind: 'stopped', charged: 'yes' },
    })
    emit({ topic: 'chat', event: { kind: 'message', id: 'conversation-1', message } })
    await settle()
    expect(screen.getByText('One. Two. Three.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Send' })).toBeTruthy()
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
    emit({ topic: 'chat', event: { kind: 'missed' } })
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
    expect(screen.getByText(/Stopped\. \$0\.004474 on hold until/)).toBeTruthy()
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
