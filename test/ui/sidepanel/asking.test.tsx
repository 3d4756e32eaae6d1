// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { UiError } from '../../../src/protocol/ui-client.ts'
import { makeSettings } from '../samples.ts'
import { makeAnswer, makeConversation, makeQuestion } from './chat-samples.ts'
import { called, click, does, emit, field, open, press, settle, type } from './open-panel.tsx'

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
    emit({ topic: 'chat', event: { kind: 'conversation', id: 'conversation-1' } })
    await waitFor(() => expect(screen.queryByText('Quote')).toBeNull())
    await waitFor(() => expect(screen.getByText('Quote')).toBeTruthy(), { timeout: 3000 })
    expect(called('chat.quoteLive')).toHaveLength(2)
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
