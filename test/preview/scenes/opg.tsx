import { BASE, BASE_SEPOLIA } from '../../../src/domain/network.ts'
import { UiError } from '../../../src/protocol/ui-client.ts'
import { TransferReview } from '../../../src/ui/transfers/transfer-review.tsx'
import type { FakeAnswers } from '../../ui/fake-client.ts'
import { DAY, makeGuards, makeReview, makeWallet, NOW } from '../../ui/samples.ts'
import type { Scene } from '../scene.ts'
import { popupScene, stepScene } from './popup-scene.tsx'

const ASSET = '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB'
const ON = { enabled: true, maxPerRequest: '5000000000000000000', perDay: '10000000000000000000' }
const ignore = () => undefined

const balance: FakeAnswers = {
  'balances.get': () => [
    {
      ...{ network: BASE, currency: 'OPG', asset: ASSET, symbol: 'OPG', decimals: 18 },
      ...{ amount: '12345678901234567890', atMs: NOW, failed: false },
    },
  ],
}

function on(id: string, answers: FakeAnswers): Scene {
  return popupScene(`opg/${id}`, '/opg', {
    ...balance,
    'limits.get': () => makeGuards({ limits: { ...makeGuards().limits, OPG: ON } }),
    'insights.daily': () => [
      {
        dayStartMs: NOW - DAY,
        currency: 'OPG',
        name: 'all',
        settled: '123400000000000000',
        live: '0',
        count: 12,
      },
    ],
    ...answers,
  })
}

export const OPG_SCENES: readonly Scene[] = [
  popupScene('opg/off', '/opg', balance),
  popupScene('opg/test', `/opg/${encodeURIComponent(BASE_SEPOLIA)}`),
  on('on', { 'allowance.get': () => ({ amount: '7500000000000000000', asset: ASSET }) }),
  on('on-no-allowance', { 'allowance.get': () => ({ amount: '0', asset: ASSET }) }),
  on('on-rpc-failed', { 'allowance.get': () => Promise.reject(new UiError('rpc-failed')) }),
  popupScene('opg/no-base-account', '/opg', { 'wallet.status': () => makeWallet({ evm: null }) }),
  stepScene('opg/review', 'OPG and OpenGradient', () => (
    <TransferReview
      review={makeReview({
        kind: 'allowance',
        asset: ASSET,
        amount: '10000000000000000000',
        to: '0x000000000022D473030F116dDEE9F6B43aC78BA3',
        warnings: [],
      })}
      nowMs={NOW}
      action="Switch on and set the allowance"
      onPassword={async () => 'wrong'}
      onAgain={ignore}
      onBack={ignore}
    >
      With your password, OPG is switched on too: at most 5 OPG a session and 10 OPG a day.
    </TransferReview>
  )),
]
