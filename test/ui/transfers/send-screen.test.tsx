// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { UiError } from '../../../src/protocol/ui-client.ts'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { SendScreen } from '../../../src/ui/transfers/send-screen.tsx'
import { createFakeClient, type FakeAnswers } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import { EVM, makeReview, makeTransfer, makeWallet, NOW, PAYEE } from '../samples.ts'

afterEach(() => {
  cleanup()
  location.hash = ''
})

function open(answers: FakeAnswers = {}, now = () => NOW) {
  const client = createFakeClient({
    'wallet.status': () => makeWallet(),
    'balances.get': () => [],
    'transfers.review': () => makeReview(),
    ...answers,
  })
  render(
    <AppProvider client={client} shell={createFakeShell()} now={now}>
      <SendScreen />
    </AppProvider>,
  )
  const called = (method: string) => client.calls.filter((call) => call.method === method)
  return { client, called }
}

async function writeAndReview(amount = '2.5'): Promise<void> {
  fireEvent.input(await screen.findByLabelText('To this Base address'), { target: { value: PAYEE } })
  fireEvent.input(screen.getByLabelText('Amount (USDC)'), { target: { value: amount } })
  fireEvent.click(screen.getByRole('button', { name: 'Look at the figures' }))
}

async function sendWith(password: string): Promise<void> {
  fireEvent.input(await screen.findByLabelText('Password'), { target: { value: password } })
  fireEvent.click(screen.getByRole('button', { name: 'Send now' }))
}

describe('sending', () => {
  it('asks no chain about what cannot be right', async () => {
    const { called } = open()
    await writeAndReview('nothing')
    await screen.findByText(/Digits and one decimal point/)
    expect(called('transfers.review')).toEqual([])
  })
  it('shows every figure, and leads to the life of the transfer after the password', async () => {
    const { called } = open({ 'transfers.confirm': () => makeTransfer({ id: 'sent-1', state: 'sent' }) })
    await writeAndReview()
    await screen.findByText(PAYEE)
    await sendWith('right')
    await waitFor(() => expect(location.hash).toBe('#/wallet/transfers/sent-1'))
    expect(called('transfers.confirm')[0]?.params).toEqual({
      reviewId: 'review-1',
      password: expect.objectContaining({ data: 'sealed:right' }),
    })
  })
  it('says a wrong password, and sends nothing', async () => {
    open({ 'transfers.confirm': () => ({ wrongPassword: true }) })
    await writeAndReview()
    await sendWith('wrong')
    await screen.findByText('That is not the password.')
    expect(location.hash).toBe('')
  })
  it('unlocks a locked wallet with the same password, once', async () => {
    const { called } = open({
      'wallet.status': () => makeWallet({ kind: 'locked' }),
      'wallet.unlock': () => ({ kind: 'unlocked', untilMs: NOW }),
      'transfers.confirm': () => makeTransfer({ id: 'sent-2' }),
    })
    await writeAndReview()
    await sendWith('right')
    await waitFor(() => expect(location.hash).toBe('#/wallet/transfers/sent-2'))
    expect(called('wallet.unlock')).toHaveLength(1)
  })
  it('names a missing fee with amount and address, and asks for no password', async () => {
    open({ 'transfers.review': () => makeReview({ missingFee: '12345678901234' }) })
    await writeAndReview()
    await screen.findByText('0.000013 ETH more is needed on Base for the fee')
    expect(screen.getByText(EVM)).toBeTruthy()
    expect(screen.queryByLabelText('Password')).toBeNull()
  })
  it('asks for no password once the figures are too old, and reads them anew', async () => {
    let goodUntilMs = NOW
    const { called } = open({ 'transfers.review': () => makeReview({ goodUntilMs }) })
    await writeAndReview()
    const again = await screen.findByRole('button', { name: 'Look again' })
    expect(screen.queryByLabelText('Password')).toBeNull()
    goodUntilMs = NOW + 60_000
    fireEvent.click(again)
    await screen.findByLabelText('Password')
    expect(called('transfers.review')).toHaveLength(2)
  })
  it('keeps the focus: on the figures, and in the form after Change, where it once was nowhere', async () => {
    open()
    await screen.findByLabelText('Amount (USDC)')
    screen.getByRole('button', { name: 'Look at the figures' }).focus()
    await writeAndReview()
    const figures = await screen.findByRole('region', { name: 'The figures' })
    await waitFor(() => expect(document.activeElement).toBe(figures))
    const change = screen.getByRole('button', { name: 'Change' })
    change.focus()
    fireEvent.click(change)
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('What to send')))
  })
  it('warns of the token itself, in words', async () => {
    open({ 'transfers.review': () => makeReview({ warnings: ['token-address'] }) })
    await writeAndReview()
    await screen.findByText(/address of the token itself/)
  })
  it('says at the amount how much is missing', async () => {
    open({
      'transfers.review': () => {
        throw new UiError('insufficient-funds', { what: 'asset', missing: '500000' })
      },
    })
    await writeAndReview()
    await screen.findByText('0.5 USDC is missing.')
  })
  it('says that an earlier transaction is in the way', async () => {
    open({
      'transfers.review': () => {
        throw new UiError('already-pending')
      },
    })
    await writeAndReview()
    await screen.findByText('An earlier transaction is still on its way')
  })
})
