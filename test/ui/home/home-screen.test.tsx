// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { UiError } from '../../../src/protocol/ui-client.ts'
import type { HomeView } from '../../../src/protocol/ui-views.ts'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { HomeScreen } from '../../../src/ui/home/home-screen.tsx'
import { createFakeClient, type FakeAnswers } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import { makeBalances, makeGuards, makeHome, makeSite, makeWallet, NOW } from '../samples.ts'

afterEach(cleanup)

function open(home: Partial<HomeView> = {}, answers: FakeAnswers = {}) {
  const client = createFakeClient({
    'home.get': () => makeHome(home),
    'balances.get': () => makeBalances(),
    ...answers,
  })
  const shell = createFakeShell()
  render(
    <AppProvider client={client} shell={shell} now={() => NOW}>
      <HomeScreen />
    </AppProvider>,
  )
  const called = (method: string) =>
    client.calls.filter((call) => call.method === method).map(({ params }) => params)
  return { client, called, shell }
}

describe('Home', () => {
  it('is painted by one call, for the tab at hand', async () => {
    const { called } = open()
    await screen.findByRole('meter', { name: 'US dollars (USDC)' })
    expect(called('home.get')).toEqual([{ tabUrl: 'https://reader.example.com/article' }])
  })
  it('freezes with one press', async () => {
    const { called } = open({}, { 'freeze.set': ({ frozen }) => makeGuards({ frozen }) })
    fireEvent.click(await screen.findByRole('button', { name: 'Freeze all spending' }))
    await waitFor(() => expect(called('freeze.set')).toEqual([{ frozen: true }]))
  })
  it('pauses the site at hand', async () => {
    const { called } = open({}, { 'sites.setMode': () => [makeSite({ mode: 'paused' })] })
    fireEvent.click(await screen.findByRole('button', { name: 'Pause this site' }))
    await waitFor(() =>
      expect(called('sites.setMode')).toEqual([
        { principals: ['https://reader.example.com'], mode: 'paused' },
      ]),
    )
  })
  it.each(['auto', 'ask'] as const)(
    'lets a paused site pay again as it did before: %s',
    async (resumesTo) => {
      const { called } = open(
        { site: makeSite({ mode: 'paused', resumesTo }) },
        { 'sites.setMode': () => [makeSite({ mode: resumesTo })] },
      )
      fireEvent.click(await screen.findByRole('button', { name: 'Resume' }))
      await waitFor(() =>
        expect(called('sites.setMode')).toEqual([
          { principals: ['https://reader.example.com'], mode: resumesTo },
        ]),
      )
    },
  )
  it.each([
    ['Pause this site', 'paused'],
    ['Block it', 'blocked'],
  ])('stops a site that nothing was decided about: %s', async (name, mode) => {
    const principal = 'https://new.example.com'
    const { called } = open(
      { site: { principal, known: false } },
      { 'sites.setMode': () => [makeSite({ principal })] },
    )
    fireEvent.click(await screen.findByRole('button', { name }))
    await waitFor(() => expect(called('sites.setMode')).toEqual([{ principals: [principal], mode }]))
  })
  it('brings the approval window up that waits behind others', async () => {
    const { shell } = open({ approvalsWaiting: 1 })
    fireEvent.click(await screen.findByRole('button', { name: 'Show the window' }))
    expect(shell.done).toContain('showApproval')
  })
  it('says that there is no connection as soon as there is none', async () => {
    let online = true
    open({}, { 'home.get': () => makeHome({ online }) })
    await screen.findByRole('meter', { name: 'US dollars (USDC)' })
    online = false
    fireEvent(window, new Event('offline'))
    await screen.findByText('You are offline')
  })
  it('unlocks, and says how long to wait after wrong passwords', async () => {
    open(
      { wallet: makeWallet({ kind: 'locked' }) },
      { 'wallet.unlock': () => ({ kind: 'wrong-password', retryAtMs: NOW + 4000 }) },
    )
    fireEvent.input(await screen.findByLabelText('Password'), { target: { value: 'not it' } })
    fireEvent.click(screen.getByRole('button', { name: 'Unlock' }))
    await screen.findByText('That is not the password. Next try in 4 seconds.')
  })
  it('says that the books cannot be read, and leads to the keys all the same', async () => {
    const failing = () => {
      throw new UiError('ledger-failed')
    }
    open({}, { 'home.get': failing })
    await screen.findByText(/The books could not be written or read/)
    const words = screen.getByRole('link', { name: 'Recovery words and keys' })
    expect(words.getAttribute('href')).toBe('#/settings/reveal')
  })
  it('says why no payment goes out, and what to do, where the books do not open', async () => {
    const failing = () => Promise.reject(new UiError('ledger-failed', { problem: 'ledger-newer' }))
    open({}, { 'home.get': failing })
    await screen.findByText(/nothing is charged for it. Update the extension; nothing is deleted/)
    expect(screen.queryByText(/\$0\.00/)).toBeNull()
  })
  it('never shows what was spent as if it were known: it once kept older figures without a word', async () => {
    let broken = false
    const { client } = open(
      {},
      {
        'home.get': () =>
          broken ? Promise.reject(new UiError('ledger-failed', { problem: 'ledger-closed' })) : makeHome(),
      },
    )
    await screen.findByRole('meter', { name: 'US dollars (USDC)' })
    broken = true
    client.emit({ topic: 'ledger', principal: null, id: null })
    await screen.findByText(/every payment is refused before it is signed/)
    broken = false
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(screen.queryByText(/every payment is refused/)).toBeNull())
  })
  it('says why an unlock failed', async () => {
    const failing = () => Promise.reject(new UiError('ledger-failed', { problem: 'ledger-full' }))
    open({ wallet: makeWallet({ kind: 'locked' }) }, { 'wallet.unlock': failing })
    fireEvent.input(await screen.findByLabelText('Password'), { target: { value: 'right' } })
    fireEvent.click(screen.getByRole('button', { name: 'Unlock' }))
    await screen.findByText(/The disk is full/)
  })
  it('reads again what changed', async () => {
    const { client, called } = open()
    await screen.findByRole('meter', { name: 'US dollars (USDC)' })
    for (let burst = 0; burst < 50; burst++) client.emit({ topic: 'ledger', principal: null, id: null })
    await waitFor(() => expect(called('home.get').length).toBe(2))
  })
  it('never takes a balance that could not be read for nothing', async () => {
    open(
      {},
      {
        'balances.get': () =>
          makeBalances().map((balance) => ({ ...balance, amount: null, atMs: null, failed: true })),
      },
    )
    await screen.findByText('Not read yet')
    expect(screen.queryByText('The wallet is empty')).toBeNull()
  })
  it('says what happened when it could not be read, and tries again', async () => {
    let broken = true
    open({}, { 'home.get': () => (broken ? Promise.reject(new UiError('ledger-failed')) : makeHome()) })
    await screen.findByText(/The books could not be written or read/)
    broken = false
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await screen.findByRole('meter', { name: 'US dollars (USDC)' })
  })
})
