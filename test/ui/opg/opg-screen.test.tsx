// @vitest-environment happy-dom
import '../install-words.ts'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { BASE, BASE_SEPOLIA } from '../../../src/domain/network.ts'
import { UiError } from '../../../src/protocol/ui-client.ts'
import type { GuardsView } from '../../../src/protocol/ui-views.ts'
import { AppProvider } from '../../../src/ui/app/app.tsx'
import { OpgScreen } from '../../../src/ui/opg/opg-screen.tsx'
import { createFakeClient, type FakeAnswers } from '../fake-client.ts'
import { createFakeShell } from '../fake-shell.ts'
import { makeGuards, makeModels, makeReview, makeTransfer, makeWallet, NOW } from '../samples.ts'

afterEach(cleanup)

const OPG = '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB'
const TEN = '10000000000000000000'
const REVIEW = makeReview({ kind: 'allowance', asset: OPG, amount: TEN, warnings: [] })

function open(answers: FakeAnswers = {}, { enabled = false, route = [] as string[] } = {}) {
  let guards: GuardsView = makeGuards()
  if (enabled) guards = { ...guards, limits: { ...guards.limits, OPG: { ...guards.limits.OPG, enabled } } }
  const client = createFakeClient({
    'wallet.status': () => makeWallet(),
    'limits.get': () => guards,
    'limits.set': ({ password }) => {
      if (password !== null && password.data !== 'sealed:right') return { needsPassword: true }
      return guards
    },
    'models.list': () => makeModels(),
    'insights.daily': () => [],
    'balances.get': () => [],
    'allowance.get': () => ({ amount: '7500000000000000000', asset: OPG }),
    'transfers.review': () => REVIEW,
    'transfers.confirm': () => makeTransfer({ id: 'a1', kind: 'allowance', asset: OPG, state: 'sent' }),
    'transfers.list': () => [
      makeTransfer({ id: 'a1', kind: 'allowance', asset: OPG, state: 'sent', fee: null }),
    ],
    ...answers,
  })
  render(
    <AppProvider client={client} shell={createFakeShell()} now={() => NOW}>
      <OpgScreen route={route} />
    </AppProvider>,
  )
  const called = (method: string) =>
    client.calls.filter((call) => call.method === method).map(({ params }) => params)
  return { called }
}

async function confirm(action: string, password = 'right'): Promise<void> {
  fireEvent.input(await screen.findByLabelText('Password'), { target: { value: password } })
  fireEvent.click(screen.getByRole('button', { name: action }))
}

describe('switching OPG on', () => {
  it('sets the limits and a finite allowance with one password, and shows the transaction', async () => {
    const { called } = open()
    fireEvent.click(await screen.findByRole('button', { name: 'Look at the fee' }))
    await confirm('Switch on and set the allowance')
    await screen.findByText(/The network has it/)
    expect(called('transfers.review')).toEqual([
      { request: { kind: 'allowance', network: BASE, asset: OPG, amount: TEN } },
    ])
    expect(called('limits.set')).toMatchObject([
      { limits: { OPG: { enabled: true, perDay: TEN, maxPerRequest: '5000000000000000000' } } },
    ])
    expect(called('transfers.confirm')).toHaveLength(1)
  })
  it('signs nothing where the password is wrong', async () => {
    const { called } = open()
    fireEvent.click(await screen.findByRole('button', { name: 'Look at the fee' }))
    await confirm('Switch on and set the allowance', 'wrong')
    await screen.findByText('That is not the password.')
    expect(called('transfers.confirm')).toEqual([])
  })
  it('can do without an allowance, which sends nothing to a chain', async () => {
    const { called } = open()
    fireEvent.click(await screen.findByRole('button', { name: 'Switch on without an allowance' }))
    await confirm('Switch on')
    await waitFor(() => expect(called('limits.set')).toHaveLength(1))
    expect(called('transfers.review')).toEqual([])
  })
  it('names a missing fee before any password', async () => {
    open({ 'transfers.review': () => ({ ...REVIEW, missingFee: '12345678901234' }) })
    fireEvent.click(await screen.findByRole('button', { name: 'Look at the fee' }))
    await screen.findByText('0.000013 ETH more is needed on Base for the fee')
    expect(screen.queryByLabelText('Password')).toBeNull()
  })
})

describe('OPG that is on', () => {
  it('shows the allowance, and revokes it with an allowance of nothing', async () => {
    const { called } = open({ 'transfers.review': () => ({ ...REVIEW, amount: '0' }) }, { enabled: true })
    await screen.findByText('7.5 OPG')
    fireEvent.click(screen.getByRole('button', { name: 'Revoke the allowance' }))
    await screen.findByLabelText('Password')
    expect(called('transfers.review')).toMatchObject([{ request: { amount: '0' } }])
  })
  it('is switched off without a password', async () => {
    const { called } = open({}, { enabled: true })
    fireEvent.click(await screen.findByRole('button', { name: 'Switch OPG off' }))
    await waitFor(() =>
      expect(called('limits.set')).toMatchObject([{ password: null, limits: { OPG: { enabled: false } } }]),
    )
  })
  it('never shows an allowance that could not be read as nothing', async () => {
    open(
      {
        'allowance.get': () => {
          throw new UiError('rpc-failed')
        },
      },
      { enabled: true },
    )
    await screen.findByText('could not be read')
    expect(screen.queryByText('No allowance yet')).toBeNull()
    expect(screen.queryByRole('button', { name: 'Revoke the allowance' })).toBeNull()
  })
})

describe('the test network', () => {
  it('is apart: another token, labelled, with the way to its faucet', async () => {
    const { called } = open({}, { route: [BASE_SEPOLIA] })
    const link = await screen.findByRole('link', { name: /faucet/ })
    expect(link.getAttribute('href')).toBe('https://faucet.opengradient.ai')
    fireEvent.click(screen.getByRole('button', { name: 'Look at the fee' }))
    await waitFor(() =>
      expect(called('transfers.review')).toMatchObject([
        { request: { network: BASE_SEPOLIA, asset: '0x240b09731D96979f50B2C649C9CE10FcF9C7987F' } },
      ]),
    )
  })
})
