import type { ApprovalView } from '../../../src/protocol/ui-views.ts'
import { ApprovalPage, type ApprovalPageProps } from '../../../src/ui/approval/approval-page.tsx'
import { LONG_ORIGIN, makeApproval, makeBudget, makeMeter, NOW } from '../../ui/samples.ts'
import { Frame } from '../frame.tsx'
import type { Scene } from '../scene.ts'

const request = makeApproval().request
if (!request) throw new Error('The sample has a request')

function scene(
  id: string,
  view: Partial<ApprovalView>,
  props: Partial<ApprovalPageProps> = {},
  dir?: 'rtl',
): Scene {
  return {
    id: `approval/${id}`,
    on: ['window'],
    ...(dir ? { dir } : {}),
    render: () => (
      <Frame>
        <ApprovalPage
          view={makeApproval(view)}
          nowMs={NOW}
          ready
          priceBefore={null}
          phase="deciding"
          obstacle={{
            unlock: {
              nowMs: NOW,
              retryAtMs: null,
              onUnlock: async () => ({ kind: 'wrong-password', retryAtMs: NOW + 4000 }),
            },
          }}
          onChoice={() => undefined}
          {...props}
        />
      </Frame>
    ),
  }
}

const asked = {
  currency: 'USDC',
  cap: '1000000',
  period: 'day',
  maxPerRequest: '20000',
  models: 'all',
  expiresAtMs: null,
} as const

export const APPROVAL_SCENES: readonly Scene[] = [
  scene('ready', { siteWords: 'Summarise the article you are reading in five points.' }),
  scene('waiting-a-second', {}, { ready: false }),
  scene('quoting', { state: 'quoting', request: { ...request, max: null, expected: null, payTo: null } }),
  scene('offer', { state: 'offer', request: { ...request, payTo: null } }),
  scene('price-changed', { request: { ...request, max: '9474', expected: '9424' } }, { priceBefore: '4474' }),
  scene('refused', {}, { phase: 'refused' }),
  scene('sending', {}, { phase: 'sending' }),
  scene('over-budget', {
    reasons: ['over-remaining', 'over-per-request'],
    current: makeBudget({ settled: '480000', live: '16000', remaining: '4000' }),
    request: { ...request, max: '61200', expected: '60000' },
  }),
  scene('restricted-budget', {
    reasons: ['over-per-request'],
    current: makeBudget({ models: [request.model], expiresAtMs: NOW + 7 * 86_400_000 }),
    asksEach: true,
    request: { ...request, max: '61200', expected: '60000' },
  }),
  scene('payee-changed', { reasons: ['payee-changed'], current: makeBudget() }),
  scene('proof-failed', { reasons: ['proof-failed-before', 'model-not-listed'] }),
  scene('locked', { state: 'locked' }),
  scene('no-wallet', { state: 'no-wallet', balance: null, today: null }),
  scene('no-funds', { state: 'insufficient-funds', balance: '1200' }),
  scene('offline', { state: 'offline' }),
  scene('failed', { state: 'failed', failure: 'offer-unsafe' }),
  scene('opg-session', {
    reasons: ['no-budget-in-currency'],
    request: {
      ...request,
      model: 'gpt-5-mini',
      gatewayName: 'OpenGradient',
      currency: 'OPG',
      expected: null,
      max: '1000000000000000000',
      settlement: 'batch',
      opensSession: true,
      sponsoredAllowance: '10000000000000000000',
      limitAdded: false,
    },
    today: makeMeter({
      currency: 'OPG',
      cap: '10000000000000000000',
      settled: '0',
      live: '1000000000000000000',
      remaining: '9000000000000000000',
    }),
    suggested: { cap: '1000000000000000000', period: 'day', maxPerRequest: '1000000000000000000' },
  }),
  scene('opg-off', {
    state: 'currency-off',
    request: { ...request, currency: 'OPG', max: '100000000000000000', expected: null },
  }),
  scene('dollars-off', { state: 'currency-off' }),
  scene('allowance-missing', {
    state: 'allowance-missing',
    request: { ...request, currency: 'tOPG', max: '100000000000000000', expected: null },
  }),
  scene('budget', { kind: 'budget', request: null, asked, siteWords: 'Summaries while you read.' }),
  scene('budget-wider', {
    kind: 'budget',
    request: null,
    asked: { ...asked, models: ['ambient/large', 'ambient/mini'] },
    current: makeBudget({ models: ['ambient/large'], expiresAtMs: NOW + 7 * 86_400_000 }),
  }),
  scene('budget-from-localhost', {
    kind: 'budget',
    request: null,
    asked,
    principal: 'http://localhost:4020',
    waitingBehind: 2,
  }),
  scene('punycode', { principal: 'https://login.xn--pple-43d.com' }),
  scene('long', {
    principal: LONG_ORIGIN,
    request: {
      ...request,
      model: `provider-with-a-long-name/${'model-'.repeat(20)}v2`,
      gatewayName: 'A gateway whose owner could not stop naming it',
      max: '12345678901234567890',
      expected: '12345678901234567889',
      currency: 'tUSDC',
    },
    siteWords: 'word '.repeat(40),
    today: makeMeter({
      currency: 'tUSDC',
      cap: '99999999999999999999',
      settled: '12345678901234567890',
      live: '12345678901234567890',
      remaining: '75308642197530864219',
    }),
  }),
  scene(
    'right-to-left',
    { siteWords: 'لخص المقال الذي تقرأه في خمس نقاط', principal: 'https://xn--mgbh0fb.xn--kgbechtv' },
    {},
    'rtl',
  ),
]
