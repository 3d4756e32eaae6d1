// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { FakeAnswers } from '../fake-client.ts'
import { makeGuards, makeWallet, NOW } from '../samples.ts'
import { makeConversation } from './chat-samples.ts'
import { called, click, does, emit, field, open, press } from './open-panel.tsx'

describe('what is in the way', () => {
  const home = (part: object): FakeAnswers => ({
    'home.get': () => ({
      wallet: makeWallet(),
      frozen: false,
      online: true,
      today: [],
      latest: [],
      approvalsWaiting: 0,
      livePayments: 0,
      site: null,
      ...part,
    }),
  })
  const typed = { title: '', messages: [], draft: { text: 'My question', attachments: [] } }
  let amount = '0'
  const funds: FakeAnswers = {
    'balances.get': () => [
      {
        network: 'eip155:8453',
        currency: 'USDC',
        asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
        symbol: 'USDC',
        decimals: 6,
        amount,
        atMs: NOW,
        failed: false,
      },
    ],
  }

  it.each([
    ['no wallet', home({ wallet: makeWallet({ kind: 'none' }) }), 'Set up the wallet first'],
    [
      'a damaged wallet',
      home({ wallet: makeWallet({ kind: 'damaged' }) }),
      'The stored wallet cannot be read',
    ],
    ['a locked wallet', home({ wallet: makeWallet({ kind: 'locked' }) }), 'The wallet is locked'],
    ['the freeze', home({ frozen: true }), 'All spending is frozen'],
  ])('%s: says so, keeps the draft and sends nothing', async (_name, answers, words) => {
    await open({ conversation: typed, answers })
    expect(screen.getByText(words)).toBeTruthy()
    await press(field(), 'Enter')
    expect(field().value).toBe('My question')
    expect(called('chat.send')).toEqual([])
  })
  it('is put there with one press: the freeze', async () => {
    await open({
      conversation: typed,
      answers: { ...home({}), 'freeze.set': () => makeGuards({ frozen: true }) },
    })
    await click('Freeze all spending')
    expect(called('freeze.set')).toEqual([{ frozen: true }])
    expect(document.activeElement).toBe(field())
  })
  it.each([
    ['it holds already', home({ frozen: true })],
    ['there is no wallet', home({ wallet: makeWallet({ kind: 'none' }) })],
  ])('offers no freeze where %s', async (_name, answers) => {
    await open({ conversation: typed, answers })
    expect(screen.queryByRole('button', { name: 'Freeze all spending' })).toBeNull()
  })
  it('offline: says so, until the connection is back', async () => {
    let online = false
    let changed: () => void = () => undefined
    await open({
      conversation: typed,
      host: {
        isOnline: () => online,
        onOnlineChange: (listener) => {
          changed = listener
          return () => undefined
        },
      },
    })
    expect(screen.getByText('You are offline')).toBeTruthy()
    online = true
    await does(changed)
    expect(screen.queryByText('You are offline')).toBeNull()
  })
  it('unlocks in place', async () => {
    await open({
      conversation: typed,
      answers: {
        ...home({ wallet: makeWallet({ kind: 'locked' }) }),
        'wallet.unlock': () => ({ kind: 'wrong-password', retryAtMs: null }),
      },
    })
    await does(() => fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'guess' } }))
    await click('Unlock')
    expect(called('wallet.unlock')).toEqual([
      { password: { publicKey: 'key', iv: 'iv', data: 'sealed:guess' } },
    ])
    expect(screen.getByText('That is not the password.')).toBeTruthy()
  })
  it('without funds keeps the question, and sends it when the deposit is here and the person says so', async () => {
    amount = '0'
    await open({ conversation: typed, answers: { ...funds, 'chat.send': () => makeConversation() } })
    expect(screen.getByText('The wallet is empty')).toBeTruthy()
    await press(field(), 'Enter')
    expect(called('chat.send')).toEqual([])
    expect(screen.getByText(/It goes out when the deposit is here and you say so/)).toBeTruthy()
    amount = '5000000'
    emit({ topic: 'balances' })
    await waitFor(() => expect(screen.getByText(/The deposit is here: \$5\.00/)).toBeTruthy())
    expect(called('chat.send')).toEqual([])
    await click('Send the question')
    expect(called('chat.send')).toEqual([
      { id: 'conversation-1', draft: { text: 'My question', attachments: [] } },
    ])
  })
  it('does not take a balance that was never read for an empty one', async () => {
    await open({
      conversation: typed,
      answers: {
        'balances.get': () => [
          {
            network: 'eip155:8453',
            currency: 'USDC',
            asset: '0x',
            symbol: 'USDC',
            decimals: 6,
            amount: null,
            atMs: null,
            failed: true,
          },
        ],
      },
    })
    expect(screen.queryByText('The wallet is empty')).toBeNull()
  })
})
