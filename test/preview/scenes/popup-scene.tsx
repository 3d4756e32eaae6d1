import type { ComponentChildren } from 'preact'
import { Screen } from '../../../src/ui/app/screen.tsx'
import { Popup } from '../../../src/ui/popup/popup.tsx'
import type { FakeAnswers } from '../../ui/fake-client.ts'
import {
  makeBalances,
  makeGateways,
  makeGuards,
  makeHome,
  makeModels,
  makeSettings,
  makeWallet,
} from '../../ui/samples.ts'
import { Frame } from '../frame.tsx'
import type { Scene } from '../scene.ts'

/** What every place of the popup may ask for, as it usually is. */
const USUAL: FakeAnswers = {
  'home.get': () => makeHome(),
  'balances.get': () => makeBalances(),
  'wallet.status': () => makeWallet(),
  'limits.get': () => makeGuards(),
  'settings.get': () => makeSettings(),
  'gateways.list': () => makeGateways(),
  'models.list': () => makeModels(),
  'transfers.list': () => [],
  'insights.daily': () => [],
  'insights.dearest': () => null,
}

/** A place of the popup by its address, in the popup's size and as a full page. */
export function popupScene(
  id: string,
  hash: string,
  answers: FakeAnswers = {},
  part: Partial<Scene> = {},
): Scene {
  return {
    id,
    on: ['popup', 'page'],
    hash,
    render: () => (
      <Frame
        answers={{ ...USUAL, ...answers }}
        shell={{ surface: document.documentElement.dataset.on === 'popup' ? 'popup' : 'page' }}
      >
        <Popup />
      </Frame>
    ),
    ...part,
  }
}

/** A step of a place that is reached by doing something, in the same frame. */
export function stepScene(
  id: string,
  title: string,
  render: () => ComponentChildren,
  answers: FakeAnswers = {},
): Scene {
  return {
    id,
    on: ['popup', 'page'],
    render: () => (
      <Frame answers={{ ...USUAL, ...answers }} shell={{ surface: 'page' }}>
        <div class="popup">
          <main class="popup-main">
            <Screen title={title} back="#/">
              {render()}
            </Screen>
          </main>
        </div>
      </Frame>
    ),
  }
}
