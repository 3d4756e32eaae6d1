// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { makeAnswer, makeConversation, makeQuestion, makeSummary } from './chat-samples.ts'
import { called, click, does, open, settle } from './open-panel.tsx'

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
