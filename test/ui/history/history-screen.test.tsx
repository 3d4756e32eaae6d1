// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { UiError } from '../../../src/protocol/ui-client.ts'
import type { HistoryFilterInput, UiParams } from '../../../src/protocol/ui-protocol.ts'
import type { HistoryPageView, HistoryRowView } from '../../../src/protocol/ui-views.ts'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { HistoryScreen } from '../../../src/ui/history/history-screen.tsx'
import { createFakeClient, type FakeAnswers } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import { MINUTE, makeLiveRow, makePayment, makeRow, NOW } from '../samples.ts'

const ZONE = process.env.TZ

/** The browser's own is not in the test's document; the button does the same. */
class NoObserver {
  observe(): void {}
  disconnect(): void {}
}

beforeEach(() => vi.stubGlobal('IntersectionObserver', NoObserver))
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  if (ZONE === undefined) delete process.env.TZ
  else process.env.TZ = ZONE
})

type Page = (params: UiParams<'history.page'>) => HistoryPageView | Promise<HistoryPageView>

function open(page: Page, first: HistoryFilterInput = {}, answers: FakeAnswers = {}) {
  const client = createFakeClient({
    'history.page': page,
    'history.seen': () => ({
      principals: ['https://reader.example.com', 'panel'],
      models: ['ambient/large'],
      gateways: [{ id: 'own-1a2b3c4d', name: 'My own gateway' }],
    }),
    ...answers,
  })
  const shell = createFakeShell()
  const { unmount } = render(
    <AppProvider client={client} shell={shell} now={() => NOW}>
      <HistoryScreen first={first} />
    </AppProvider>,
  )
  const asked = () =>
    client.calls.filter(({ method }) => method === 'history.page').map(({ params }) => params)
  return { client, asked, shell, unmount }
}

/** The library's own way sends `input` where preact/compat is loaded; a list sends `change` in every browser. */
function choose(list: HTMLElement, value: string): void {
  if (list instanceof HTMLSelectElement) list.value = value
  fireEvent(list, new Event('change', { bubbles: true }))
}

const onePage = (...rows: readonly HistoryRowView[]) => ({ rows, next: null })
const links = () => screen.queryAllByRole('link').map((link) => link.getAttribute('href'))
const open1 = '#/history/request/'

describe('the history', () => {
  it('goes on looking where a search has found nothing yet, and never calls that nothing', async () => {
    open(
      ({ before }) => (before === null ? { rows: [], next: 'deeper' } : onePage(makeRow({ id: 'deep' }))),
      {
        text: 'old',
      },
    )
    const more = await screen.findByRole('button', { name: 'Show more' })
    expect(screen.queryByText('Nothing like that')).toBeNull()
    fireEvent.click(more)
    await waitFor(() => expect(links()).toEqual([`${open1}deep`]))
  })
  it('says that there is nothing once all was looked at, and stays so when something else happens', async () => {
    const { client, asked } = open(() => onePage(), { money: 'live' })
    await screen.findByText('Nothing like that')
    client.emit({ topic: 'ledger', principal: 'panel', id: null })
    await waitFor(() => expect(asked()).toHaveLength(2))
    expect(screen.queryByRole('button', { name: 'Export CSV' })).toBeNull()
    screen.getByText('Nothing like that')
  })
  it('takes a settled payment out of what is on hold, also far below the newest rows', async () => {
    const rows = Array.from({ length: 30 }, (_, index) =>
      makeLiveRow({
        id: `r${index}`,
        createdAtMs: NOW - index * MINUTE,
        payment: makePayment({ id: `p${index}`, state: 'presented' }),
      }),
    )
    const { client } = open(
      ({ before }) =>
        before === null ? { rows: rows.slice(0, 25), next: 'rest' } : onePage(...rows.slice(25)),
      { money: 'live' },
      { 'history.get': ({ requestId }) => makeRow({ id: requestId, createdAtMs: NOW - 28 * MINUTE }) },
    )
    fireEvent.click(await screen.findByRole('button', { name: 'Show more' }))
    await waitFor(() => expect(links()).toHaveLength(30))
    client.emit({ topic: 'ledger', principal: 'panel', id: 'p28' })
    await waitFor(() => expect(links()).toHaveLength(29))
    expect(links()).not.toContain(`${open1}r28`)
  })
  it('shows nothing of the old filter where the new one cannot be read, and reads that one again', async () => {
    let broken = true
    open(({ filter }) => {
      if (filter.answer === undefined) return { rows: [makeRow({ id: 'old' })], next: 'more' }
      return broken ? Promise.reject(new UiError('ledger-failed')) : onePage(makeRow({ id: 'new' }))
    })
    await waitFor(() => expect(links()).toEqual([`${open1}old`]))
    choose(screen.getByLabelText('Answer'), 'failed')
    const again = await screen.findByRole('button', { name: 'Try again' })
    expect(links()).toEqual([])
    expect(screen.queryByRole('button', { name: 'Export CSV' })).toBeNull()
    broken = false
    fireEvent.click(again)
    await waitFor(() => expect(links()).toEqual([`${open1}new`]))
  })
})

describe('an export', () => {
  it('stands above the list, which has no end', async () => {
    open(() => ({ rows: [makeRow({ id: 'first' })], next: 'more' }))
    const [link] = await screen.findAllByRole('link')
    const button = screen.getByRole('button', { name: 'Export CSV' })
    expect(link && button.compareDocumentPosition(link)).toBe(Node.DOCUMENT_POSITION_FOLLOWING)
  })
  it('says how far it has come, goes on through a change of filter, and stops when told to', async () => {
    const release: (() => void)[] = []
    const { shell } = open(async ({ limit, filter }) => {
      if (limit !== 200) return filter.currency ? new Promise(() => undefined) : onePage(makeRow())
      await new Promise<void>((resolve) => release.push(resolve))
      return { rows: [makeRow(), makeRow()], next: 'more' }
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Export CSV' }))
    await waitFor(() => expect(release).toHaveLength(1))
    choose(screen.getByLabelText('Currency'), 'USDC')
    release[0]?.()
    await screen.findByText('2 rows written…')
    await waitFor(() => expect(release).toHaveLength(2))
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    release[1]?.()
    await screen.findByRole('button', { name: 'Export CSV' })
    expect(shell.done).toEqual([])
  })
  it('ends when the screen is left: nobody waits for the file', async () => {
    const release: (() => void)[] = []
    const { asked, shell, unmount } = open(async ({ limit }) => {
      if (limit === 200) await new Promise<void>((resolve) => release.push(resolve))
      return limit === 200 ? { rows: [makeRow()], next: 'more' } : onePage(makeRow())
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Export CSV' }))
    await screen.findByText('0 rows written…')
    unmount()
    await new Promise((resolve) => setTimeout(resolve, 50))
    release[0]?.()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(asked()).toHaveLength(2)
    expect(shell.done).toEqual([])
  })
})

describe('its filters', () => {
  it('keep a choice that was made while the typed text was resting', async () => {
    const { asked } = open(() => onePage(makeRow()))
    fireEvent.input(await screen.findByRole('searchbox'), { target: { value: 'mini' } })
    choose(screen.getByLabelText('Currency'), 'USDC')
    await waitFor(() => expect(asked().at(-1)).toMatchObject({ filter: { currency: 'USDC', text: 'mini' } }))
  })
  it('are all cleared by one press, the typed text too', async () => {
    const { asked } = open(() => onePage(), { money: 'live', text: 'mini' })
    const [first] = await screen.findAllByRole('button', { name: 'Show everything' })
    if (first) fireEvent.click(first)
    await waitFor(() => expect(asked().at(-1)).toMatchObject({ filter: {} }))
    expect(screen.getByRole<HTMLInputElement>('searchbox').value).toBe('')
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(asked().at(-1)).toMatchObject({ filter: {} })
    expect(asked()).toHaveLength(2)
  })
  it('end with the chosen day, also with one of 25 hours', async () => {
    process.env.TZ = 'America/New_York'
    const { asked } = open(() => onePage(makeRow()))
    fireEvent.change(await screen.findByLabelText('To'), { target: { value: '2026-11-01' } })
    await waitFor(() => expect(asked().at(-1)).toMatchObject({ filter: { toMs: Date.UTC(2026, 10, 2, 5) } }))
    expect(screen.getByLabelText<HTMLInputElement>('To').value).toBe('2026-11-01')
  })
  it('name gateways as the person did', async () => {
    open(() => onePage(makeRow()))
    const option = await screen.findByRole<HTMLOptionElement>('option', { name: 'My own gateway' })
    expect(option.value).toBe('own-1a2b3c4d')
  })
  it.each([
    ['gateway', { money: 'settled', settledBy: 'gateway' }],
    ['chain', { money: 'settled', settledBy: 'chain' }],
    ['released', { money: 'released' }],
  ])('ask for what was charged by whose word: %s', async (choice, filter) => {
    const { asked } = open(() => onePage(makeRow()))
    choose(await screen.findByLabelText('Money'), choice)
    await waitFor(() => expect(asked().at(-1)).toMatchObject({ filter }))
    expect(screen.getByLabelText<HTMLSelectElement>('Money').value).toBe(choice)
  })
})
