import type { WalletView } from '../../../src/protocol/ui-views.ts'
import { CheckStep } from '../../../src/ui/onboarding/check-step.tsx'
import { Onboarding } from '../../../src/ui/onboarding/onboarding.tsx'
import type { FakeAnswers } from '../../ui/fake-client.ts'
import { makeBalances, makeWallet } from '../../ui/samples.ts'
import { Frame } from '../frame.tsx'
import type { Scene } from '../scene.ts'

function scene(id: string, hash: string, wallet: Partial<WalletView>, answers: FakeAnswers = {}): Scene {
  return {
    id: `onboarding/${id}`,
    on: ['page'],
    hash,
    render: () => (
      <Frame
        answers={{
          'wallet.status': () => makeWallet(wallet),
          'balances.get': () => makeBalances(),
          ...answers,
        }}
      >
        <Onboarding />
      </Frame>
    ),
  }
}

const none = { kind: 'none', evm: null, solana: null, hasPhrase: false, phraseChecked: false } as const
const unchecked = { phraseChecked: false }
const nothing = makeBalances().map((balance) => ({ ...balance, amount: '0', failed: false }))
const much = makeBalances().map((balance) => ({ ...balance, amount: '250000000' }))

export const ONBOARDING_SCENES: readonly Scene[] = [
  scene('welcome', '/', none),
  scene('damaged', '/', { ...none, kind: 'damaged' }),
  scene('create', '/create', none),
  scene('import', '/import', none),
  scene('locked', '/words', { ...unchecked, kind: 'locked' }),
  scene('words', '/words', unchecked),
  {
    id: 'onboarding/check',
    on: ['page'],
    render: () => (
      <Frame>
        <div class="onboarding">
          <main class="onboarding-main">
            <CheckStep
              phrase="one two three four five six seven eight nine ten eleven twelve"
              onChecked={async () => undefined}
              onBack={() => undefined}
            />
          </main>
        </div>
      </Frame>
    ),
  },
  scene('fund', '/fund', {}, { 'balances.get': () => nothing }),
  scene('funded', '/fund', {}),
  scene('too-much', '/fund', {}, { 'balances.get': () => much }),
  scene('done', '/done', {}),
]
