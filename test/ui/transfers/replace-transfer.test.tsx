// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { UiError } from '../../../src/protocol/ui-client.ts'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { TransferScreen } from '../../../src/ui/transfers/transfer-screen.tsx'
import { createFakeClient, type FakeAnswers } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import { makeReplacement, makeTransfer, makeWallet, NOW } from '../samples.ts'

afterEach(cleanup)

const HANGING = { id: 't1', state: 'sent', fee: null, replaceable: true, createdAtMs: NOW - 60_000 } as const

function open(part: Parameters<typeof makeTransfer>[0] = {}, answers: FakeAnswers = {}) {
  const client = createFakeClient({
    'wallet.status': () => makeWallet(),
    'transfers.list': () => [makeTransfer({ ...HANGING, ...part })],
    'transfers.reviewReplacement': ({ does }) => makeReplacement({ does }),
    ...answers,
  })
  render(
    <AppProvider client={client} shell={createFakeShell()} now={() => NOW}>
      <TransferScreen id="t1" />
    </AppProvider>,
  )
  const called = (method: string) =>
    client.calls.filter((call) => call.method === method).map(({ params }) => params)
  return { client, called }
}

const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }))

describe('a transfer that hangs', () => {
  it.each([
    ['Speed up', 'Speed up', 'transfer'],
    ['Cancel it', 'Cancel the transfer', 'cancel'],
  ])('%s: shows the fee before the password, and signs with it', async (look, action, does) => {
    const { called } = open({}, { 'transfers.confirmReplacement': () => makeTransfer({ ...HANGING }) })
    await press(look)
    await screen.findByText('Fee, at most')
    expect(called('transfers.reviewReplacement')).toEqual([{ transferId: 't1', does }])
    expect(called('transfers.confirmReplacement')).toEqual([])
    fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'right' } })
    await press(action)
    await waitFor(() =>
      expect(called('transfers.confirmReplacement')).toEqual([
        { reviewId: 'replacement-1', password: expect.objectContaining({ data: 'sealed:right' }) },
      ]),
    )
    const back = await screen.findByRole('region', { name: 'It takes long' })
    screen.getByText(/The new transaction is on its way/)
    await waitFor(() => expect(document.activeElement).toBe(back))
  })

  it('says a wrong password, and what the network refused', async () => {
    let refuses = false
    open(
      {},
      {
        'transfers.confirmReplacement': () => {
          if (refuses) throw new UiError('rpc-failed', { problem: 'replacement-refused' })
          return { wrongPassword: true }
        },
      },
    )
    await press('Speed up')
    fireEvent.input(await screen.findByLabelText('Password'), { target: { value: 'wrong' } })
    await press('Speed up')
    await screen.findByText('That is not the password.')
    refuses = true
    fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'right' } })
    await press('Speed up')
    await screen.findByText(/keeps to the earlier transaction.*nothing is charged for it/)
  })

  it('asks for no password where the fee is missing', async () => {
    open({}, { 'transfers.reviewReplacement': () => makeReplacement({ missingFee: '12345678901234' }) })
    await press('Speed up')
    await screen.findByText('0.000013 ETH more is needed on Base for the fee')
    expect(screen.queryByLabelText('Password')).toBeNull()
  })

  it('that is being cancelled can only be cancelled faster', async () => {
    const { called } = open({ doing: 'cancel' })
    await screen.findByText(/Only one of them can land/)
    expect(screen.queryByRole('button', { name: 'Speed up' })).toBeNull()
    await press('Speed the cancellation up')
    await screen.findByText('Fee, at most')
    expect(called('transfers.reviewReplacement')).toEqual([{ transferId: 't1', does: 'cancel' }])
  })

  it('says why the figures could not be read', async () => {
    const late = () => Promise.reject(new UiError('unknown-quote', { problem: 'overtaken' }))
    open({}, { 'transfers.reviewReplacement': late })
    await press('Cancel it')
    await screen.findByText(/Something changed meanwhile/)
  })
})

describe('neither is offered', () => {
  it.each([
    ['what was sent just now', { createdAtMs: NOW - 5_000 }],
    ['what has an end', { state: 'confirmed', replaceable: false }],
    ['a network without nonces', { replaceable: false }],
  ] as const)('for %s', async (_, part) => {
    open(part)
    await screen.findAllByText('Signed')
    expect(screen.queryByRole('button', { name: /Speed|Cancel/ })).toBeNull()
  })
})
