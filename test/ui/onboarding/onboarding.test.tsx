// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WalletView } from '../../../src/protocol/ui-views.ts'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { Onboarding } from '../../../src/ui/onboarding/onboarding.tsx'
import { createFakeClient, type FakeClient } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import { makeBalances, makeWallet } from '../samples.ts'

const PHRASE = 'abandon ability able about above absent absorb abstract absurd abuse access accident'
const PASSWORD = 'seven unlikely herons'

let wallet: WalletView
let client: FakeClient

beforeEach(() => {
  location.hash = ''
  wallet = makeWallet({ kind: 'none', evm: null, solana: null, hasPhrase: false, phraseChecked: false })
  client = createFakeClient(
    {
      'wallet.status': () => wallet,
      'wallet.create': ({ source, phraseChecked }) => {
        wallet = makeWallet({ hasPhrase: source === null || source.data.includes('phrase'), phraseChecked })
        client.emit({ topic: 'wallet' })
        return wallet
      },
      'wallet.markPhraseChecked': () => {
        wallet = makeWallet()
        return wallet
      },
      'balances.get': () => makeBalances(),
    },
    async () => PHRASE,
  )
  render(
    <AppProvider client={client} shell={createFakeShell({ surface: 'page' })}>
      <Onboarding />
    </AppProvider>,
  )
})

afterEach(cleanup)

function type(label: string, value: string): void {
  fireEvent.input(screen.getByLabelText(label), { target: { value } })
}

async function go(hash: string): Promise<void> {
  location.hash = hash
  dispatchEvent(new Event('hashchange'))
}

describe('a new wallet', () => {
  it('goes from the password over the words and their check to the addresses', async () => {
    await screen.findByRole('link', { name: 'Create a new wallet' })
    await go('#/create')
    await screen.findByRole('heading', { name: 'Choose a password' })
    type('Password', PASSWORD)
    type('Repeat the password', PASSWORD)
    fireEvent.click(screen.getByRole('button', { name: 'Create the wallet' }))
    const words = await screen.findByRole('list', { name: 'Your words, in order' })
    expect([...words.querySelectorAll('li')].map((item) => item.textContent)).toEqual(
      PHRASE.split(' ').map((word, index) => `${index + 1}${word}`),
    )
    fireEvent.click(screen.getByRole('button', { name: 'I have written them down' }))
    const fields = await screen.findAllByLabelText(/^Word \d+$/)
    expect(fields).toHaveLength(3)
    for (const field of fields) fireEvent.input(field, { target: { value: 'wrong' } })
    fireEvent.click(screen.getByRole('button', { name: 'Check' }))
    expect(await screen.findAllByText('That is not the word at this place.')).toHaveLength(3)
    for (const field of screen.getAllByLabelText(/^Word \d+$/)) {
      const number = Number(
        /\d+/.exec(document.querySelector(`label[for="${field.id}"]`)?.textContent ?? '')?.[0],
      )
      fireEvent.input(field, { target: { value: PHRASE.split(' ')[number - 1] } })
    }
    fireEvent.click(screen.getByRole('button', { name: 'Check' }))
    await screen.findByRole('heading', { name: 'Put a little money in' })
    expect(client.calls.map(({ method }) => method)).toContain('wallet.markPhraseChecked')
    expect(screen.getByText(makeWallet().evm ?? '')).toBeTruthy()
  }, 20_000)

  it.each([
    ['short', 'short', '7 more characters needed.'],
    ['common', 'password1234', 'Too easy to guess. A few unrelated words make a good password.'],
  ])(
    'refuses a password that is %s',
    async (_, password, words) => {
      await go('#/create')
      await screen.findByRole('heading', { name: 'Choose a password' })
      type('Password', password)
      type('Repeat the password', password)
      fireEvent.click(screen.getByRole('button', { name: 'Create the wallet' }))
      await screen.findByText(words, {}, { timeout: 5000 })
      expect(client.calls.map(({ method }) => method)).not.toContain('wallet.create')
    },
    20_000,
  )

  it('refuses two passwords that differ', async () => {
    await go('#/create')
    await screen.findByRole('heading', { name: 'Choose a password' })
    type('Password', PASSWORD)
    type('Repeat the password', `${PASSWORD}!`)
    fireEvent.click(screen.getByRole('button', { name: 'Create the wallet' }))
    await screen.findByText('The two passwords differ.', {}, { timeout: 5000 })
    expect(client.calls.map(({ method }) => method)).not.toContain('wallet.create')
  }, 20_000)
})

describe('an imported wallet', () => {
  it('hands the secret over sealed, and asks for no check of its words', async () => {
    await go('#/import')
    await screen.findByRole('heading', { name: 'Import a wallet' })
    type('Your recovery words', PHRASE)
    type('Password', PASSWORD)
    type('Repeat the password', PASSWORD)
    fireEvent.click(screen.getByRole('button', { name: 'Import the wallet' }))
    await screen.findByRole('heading', { name: 'Put a little money in' }, { timeout: 5000 })
    const made = client.calls.find(({ method }) => method === 'wallet.create')
    expect(made?.params).toMatchObject({
      source: { data: `sealed:${JSON.stringify({ kind: 'phrase', phrase: PHRASE })}` },
      password: { data: `sealed:${PASSWORD}` },
      phraseChecked: true,
    })
  }, 20_000)
})
