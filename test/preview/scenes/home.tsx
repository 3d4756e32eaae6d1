import { UiError } from '../../../src/protocol/ui-client.ts'
import type { HomeView } from '../../../src/protocol/ui-views.ts'
import { Popup } from '../../../src/ui/popup/popup.tsx'
import type { FakeAnswers } from '../../ui/fake-client.ts'
import {
  LONG_ORIGIN,
  makeBalances,
  makeBudget,
  makeHome,
  makeMeter,
  makeRow,
  makeSite,
  makeWallet,
  NOW,
} from '../../ui/samples.ts'
import { Frame } from '../frame.tsx'
import type { Scene } from '../scene.ts'

function scene(id: string, home: Partial<HomeView>, answers: FakeAnswers = {}, dir?: 'rtl'): Scene {
  return {
    id: `home/${id}`,
    on: ['popup', 'page'],
    hash: '/',
    ...(dir ? { dir } : {}),
    render: () => (
      <Frame answers={{ 'home.get': () => makeHome(home), 'balances.get': () => makeBalances(), ...answers }}>
        <Popup />
      </Frame>
    ),
  }
}

const booksClosed = () => Promise.reject(new UiError('ledger-failed', { problem: 'ledger-closed' }))
const HUGE = '12345678901234567890'

export const HOME_SCENES: readonly Scene[] = [
  scene('usual', {}),
  scene('locked', { wallet: makeWallet({ kind: 'locked', untilMs: null }) }),
  scene('locked-out', { wallet: makeWallet({ kind: 'locked', untilMs: null, retryAtMs: NOW + 32_000 }) }),
  scene('no-wallet', {
    wallet: makeWallet({ kind: 'none', evm: null, solana: null }),
    latest: [],
    today: [],
    site: null,
  }),
  scene('damaged', { wallet: makeWallet({ kind: 'damaged' }) }),
  scene(
    'empty',
    {
      latest: [],
      site: null,
      livePayments: 0,
      today: [makeMeter({ settled: '0', live: '0', remaining: '5000000' })],
      wallet: makeWallet({ phraseChecked: false }),
    },
    {
      'balances.get': () =>
        makeBalances().map((balance) => ({ ...balance, amount: '0', failed: false, atMs: NOW })),
    },
  ),
  scene('frozen', { frozen: true }),
  scene(
    'offline',
    { online: false },
    { 'balances.get': () => makeBalances().map((balance) => ({ ...balance, failed: true })) },
  ),
  scene('new-site', { site: { principal: 'https://news.example.org', known: false }, approvalsWaiting: 1 }),
  scene('paused-site', { site: makeSite({ mode: 'paused' }) }),
  scene('over', {
    today: [
      makeMeter({ cap: '1000000', settled: '1400000', live: '100000', remaining: '0' }),
      makeMeter({
        currency: 'OPG',
        cap: '10000000000000000000',
        settled: '0',
        live: '5000000000000000000',
        remaining: '5000000000000000000',
      }),
      makeMeter({ currency: 'tUSDC' }),
    ],
  }),
  scene(
    'long',
    {
      site: makeSite({
        principal: LONG_ORIGIN,
        budgets: [makeBudget({ cap: HUGE, settled: HUGE, remaining: '0' })],
      }),
      today: [
        makeMeter({
          cap: '99999999999999999999',
          settled: HUGE,
          live: HUGE,
          remaining: '75308642197530864219',
        }),
      ],
      latest: [makeRow({ principal: LONG_ORIGIN, model: `a/${'long-model-name-'.repeat(8)}`, cost: HUGE })],
    },
    { 'balances.get': () => makeBalances().map((balance) => ({ ...balance, amount: HUGE })) },
  ),
  scene('failed', {}, { 'home.get': () => Promise.reject(new Error('gone')) }),
  scene('books-closed', {}, { 'home.get': booksClosed }),
  scene('right-to-left', {}, {}, 'rtl'),
]
