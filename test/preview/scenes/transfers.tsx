import { ASSETS, findAsset } from '../../../src/domain/asset.ts'
import { decimalsOf } from '../../../src/domain/currency.ts'
import { BASE, BASE_SEPOLIA, SOLANA } from '../../../src/domain/network.ts'
import { UiError } from '../../../src/protocol/ui-client.ts'
import type {
  BalanceView,
  ReplacementReviewView,
  TransferReviewView,
} from '../../../src/protocol/ui-views.ts'
import { ReplacementReview } from '../../../src/ui/transfers/replacement-review.tsx'
import { ReviewFailure } from '../../../src/ui/transfers/review-failure.tsx'
import { SendForm } from '../../../src/ui/transfers/send-form.tsx'
import { sendUnits, unitOf } from '../../../src/ui/transfers/send-units.ts'
import { TransferReview } from '../../../src/ui/transfers/transfer-review.tsx'
import {
  EVM,
  MINUTE,
  makeReplacement,
  makeReview,
  makeTransfer,
  makeWallet,
  NOW,
  PAYEE,
  SOLANA_ADDRESS,
} from '../../ui/samples.ts'
import type { Scene } from '../scene.ts'
import { popupScene, stepScene } from './popup-scene.tsx'

const OPG = findAsset(BASE, '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB')?.address ?? ''
const ignore = () => undefined
const UNITS = () => sendUnits(makeWallet())

const BALANCES: readonly BalanceView[] = ASSETS.map(({ network, currency, address }) => ({
  ...{ network, currency, asset: address, symbol: currency, decimals: decimalsOf(currency) },
  ...{ amount: currency.endsWith('OPG') ? '12345678901234567890' : '4387600', atMs: NOW, failed: false },
}))

const TRANSFERS = [
  makeTransfer({ id: 't1', state: 'sent', fee: null, createdAtMs: NOW - 4_000 }),
  makeTransfer({ id: 't2', kind: 'allowance', asset: OPG, amount: '10000000000000000000' }),
  makeTransfer({
    id: 't3',
    network: SOLANA,
    asset: 'native',
    amount: '1500000000',
    to: SOLANA_ADDRESS,
    fee: '5000',
  }),
  makeTransfer({ id: 't4', state: 'failed', reason: 'reverted', createdAtMs: NOW - 3 * 86_400_000 }),
  makeTransfer({ id: 't6', state: 'failed', reason: 'lost', fee: null, createdAtMs: NOW - 4 * 86_400_000 }),
  makeTransfer({
    id: 't5',
    kind: 'allowance',
    network: BASE_SEPOLIA,
    asset: '0x240b09731D96979f50B2C649C9CE10FcF9C7987F',
    amount: '0',
  }),
]

function review(id: string, part: Partial<TransferReviewView>): Scene {
  return stepScene(`transfers/${id}`, 'Send', () => (
    <TransferReview
      review={makeReview(part)}
      nowMs={NOW}
      action="Send now"
      onPassword={async () => 'wrong'}
      onAgain={ignore}
      onBack={ignore}
    />
  ))
}

function replacement(id: string, part: Partial<ReplacementReviewView>): Scene {
  return stepScene(`transfers/${id}`, 'Sending', () => (
    <ReplacementReview
      transfer={makeTransfer({ state: 'sent', fee: null, replaceable: true })}
      review={makeReplacement(part)}
      nowMs={NOW}
      onPassword={async () => 'wrong'}
      onAgain={ignore}
      onBack={ignore}
    />
  ))
}

function life(id: string, part: Parameters<typeof makeTransfer>[0]): Scene {
  return popupScene(`transfers/${id}`, '/wallet/transfers/t9', {
    'transfers.list': () => [makeTransfer({ id: 't9', ...part })],
  })
}

export const TRANSFER_SCENES: readonly Scene[] = [
  popupScene('transfers/send', '/wallet/send', { 'balances.get': () => BALANCES }),
  stepScene('transfers/send-wrong', 'Send', () => (
    <SendForm
      units={UNITS()}
      balances={BALANCES}
      draft={{ unit: unitOf(BASE, 'native'), to: SOLANA_ADDRESS, amount: '1,000.5', all: true }}
      errors={{
        to: 'This is a Solana address. Choose an asset on Solana, or another address.',
        amount: 'Digits and one decimal point, like 0.50.',
      }}
      busy={false}
      onChange={ignore}
      onReview={ignore}
    />
  )),
  stepScene('transfers/send-pending', 'Send', () => (
    <ReviewFailure
      state={{
        kind: 'failed',
        request: { kind: 'send', network: BASE, asset: 'native', to: PAYEE, amount: 'all' },
        error: new UiError('already-pending'),
      }}
    />
  )),
  review('review', {}),
  review('review-warnings', {
    to: EVM,
    amount: '12345678901234567890',
    warnings: ['first-time', 'token-address', 'contract-address', 'own-address'],
  }),
  review('review-coin', {
    asset: 'native',
    symbol: 'ETH',
    decimals: 18,
    amount: '1234567890123456',
    warnings: [],
  }),
  review('review-solana', {
    network: SOLANA,
    asset: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
    to: SOLANA_ADDRESS,
    feeSymbol: 'SOL',
    feeDecimals: 9,
    maxFee: '2044280',
    createsAccount: true,
  }),
  review('review-no-fee', { missingFee: '12345678901234' }),
  review('review-old', { goodUntilMs: NOW - 1 }),
  review('review-test', {
    network: BASE_SEPOLIA,
    asset: '0x036CbD53842c5426634e7929541eC2318f3dCF7e',
    warnings: [],
  }),
  popupScene('transfers/list', '/wallet/transfers', { 'transfers.list': () => TRANSFERS }),
  popupScene('transfers/list-empty', '/wallet/transfers'),
  life('signed', { state: 'signed', fee: null, createdAtMs: NOW - MINUTE }),
  life('sent', { state: 'sent', fee: null }),
  life('hanging', { state: 'sent', fee: null, replaceable: true, createdAtMs: NOW - MINUTE }),
  life('cancelling', {
    ...{ state: 'sent', fee: null, replaceable: true, doing: 'cancel', createdAtMs: NOW - MINUTE },
  }),
  life('cancelled', { state: 'failed', reason: 'cancelled' }),
  replacement('speed-up', {}),
  replacement('cancel', { does: 'cancel' }),
  replacement('cancel-no-fee', { does: 'cancel', missingFee: '12345678901234' }),
  life('confirmed', {}),
  life('refused', { state: 'failed', reason: 'refused', fee: null }),
  life('reverted', { state: 'failed', reason: 'reverted' }),
  life('allowance-refused', {
    ...{ kind: 'allowance', asset: OPG, amount: '10000000000000000000' },
    ...{ state: 'failed', reason: 'refused', fee: null },
  }),
  life('lost', { state: 'failed', reason: 'lost', fee: null }),
  popupScene('transfers/receive', '/wallet/receive'),
  popupScene('transfers/no-wallet', '/wallet/send', {
    'wallet.status': () => makeWallet({ kind: 'none', evm: null, solana: null }),
  }),
]
