// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { PanelIntent } from '../../../src/protocol/chat-views.ts'
import type { PageRead } from '../../../src/protocol/ui-protocol.ts'
import { called, click, does, field, open, settle, type } from './open-panel.tsx'

/** A context menu's wish, there for the first who takes it. */
function once(intent: PanelIntent): () => PanelIntent | null {
  const left = [intent]
  return () => left.shift() ?? null
}

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
