// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { makeAnswer, makeConversation, makeQuestion } from './chat-samples.ts'
import { called, click, does, open, settle } from './open-panel.tsx'

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
