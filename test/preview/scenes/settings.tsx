import { BASE, SOLANA } from '../../../src/domain/network.ts'
import { UiError } from '../../../src/protocol/ui-client.ts'
import { OfferList } from '../../../src/ui/settings/offer-list.tsx'
import { ProbeOutcome } from '../../../src/ui/settings/probe-outcome.tsx'
import type { FakeAnswers } from '../../ui/fake-client.ts'
import { makeGuards, makeSettings, makeWallet, NOW, PAYEE, SOLANA_ADDRESS } from '../../ui/samples.ts'
import type { Scene } from '../scene.ts'
import { popupScene, stepScene } from './popup-scene.tsx'

function place(id: string, path: string, answers: FakeAnswers = {}): Scene {
  return popupScene(`settings/${id}`, `/settings${path}`, answers)
}

const HUGE = '12345678901234567890'
const dollars = { enabled: true, maxPerRequest: HUGE, perDay: HUGE }

export const SETTING_SCENES: readonly Scene[] = [
  place('menu', ''),
  popupScene('settings/right-to-left', '/settings/limits', {}, { dir: 'rtl' }),
  place('menu-failed', '', { 'settings.get': () => Promise.reject(new Error('gone')) }),
  place('limits', '/limits'),
  place('limits-long', '/limits', {
    'limits.get': () => makeGuards({ limits: { ...makeGuards().limits, USDC: dollars, OPG: dollars } }),
  }),
  place('new-sites', '/sites'),
  place('answers', '/answers', { 'settings.get': () => makeSettings({ defaultModel: 'gone-model' }) }),
  place('gateways', '/gateways'),
  place('gateway-built-in', '/gateways/jumpgate'),
  place('gateway-own', '/gateways/g3'),
  place('gateway-unknown', '/gateways/nothing'),
  place('gateway-new', '/gateways/new'),
  stepScene('settings/gateway-offer', 'Add a gateway', () => (
    <OfferList
      probe={{
        offers: [
          { network: BASE, currency: 'USDC', amount: '4424', payTo: PAYEE },
          { network: SOLANA, currency: 'USDC', amount: '4424', payTo: SOLANA_ADDRESS },
        ],
        skipped: [
          { what: 'network', value: 'eip155:137' },
          { what: 'scheme', value: 'deferred' },
        ],
        streams: null,
      }}
    />
  )),
  stepScene('settings/gateway-no-offer', 'Add a gateway', () => (
    <>
      <OfferList probe={{ offers: [], skipped: [{ what: 'network', value: 'eip155:137' }], streams: null }} />
      <ProbeOutcome state={{ kind: 'denied' }} />
      <ProbeOutcome state={{ kind: 'failed', error: new UiError('offer-malformed', { status: '404' }) }} />
    </>
  )),
  place('rpc', '/rpc'),
  place('rpc-own', '/rpc', {
    'settings.get': () =>
      makeSettings({
        rpc: { [BASE]: ['https://base.example.com/v1/a-long-key-0123456789abcdef0123456789'] },
      }),
  }),
  place('locking', '/locking'),
  place('locking-locked', '/locking', {
    'wallet.status': () => makeWallet({ kind: 'locked', untilMs: null }),
  }),
  place('notices', '/notices'),
  place('privacy', '/privacy', {
    'settings.get': () =>
      makeSettings({
        privacy: { ...makeSettings().privacy, promptsInHistory: true, conversationRetentionDays: 90 },
      }),
  }),
  place('about', '/about', {
    'diagnostics.get': () => ({
      ...{
        version: '0.1.0',
        browser: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0',
        payments: 1204,
        live: 2,
      },
      ...{ storageBytes: 5_242_880, lastErrors: [{ atMs: NOW - 60_000, cause: 'rpc-failed' }] },
    }),
  }),
]
