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

/** Before a price: what the background sends while it knows nothing but who asks. */
const NOTHING_YET = {
  reasons: [],
  request: null,
  today: null,
  balance: null,
  fundAddress: null,
  suggested: { cap: '0', period: 'day', maxPerRequest: '0' },
} as const
/** The price is known, the payee and the wallet's balance are not. */
const QUOTED = {
  reasons: [],
  request: { ...request, payTo: null },
  balance: null,
  fundAddress: null,
} as const
/** A question for a budget has no price. */
const FOR_BUDGET = { kind: 'budget', reasons: [], request: null, balance: null, fundAddress: null } as const
const OPG_SESSION = {
  reasons: ['no-budget-in-currency'],
  request: {
    ...request,
    model: 'gpt-5-mini',
    gatewayId: 'opengradient',
    gatewayName: 'OpenGradient',
    currency: 'OPG',
    expected: null,
    max: '1000000000000000000',
    inputTokens: null,
    settlement: 'batch',
    opensSession: true,
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
  balance: '4200000000000000000',
} as const

const asked = {
  currency: 'USDC',
  cap: '1000000',
  period: 'day',
  maxPerRequest: '20000',
  models: 'all',
  expiresAtMs: null,
} as const

export const APPROVAL_SCENES: readonly Scene[] = [
  scene('ready', {}),
  scene('first-payment', { reasons: ['no-grant', 'new-payee'] }),
  scene('waiting-a-second', {}, { ready: false }),
  scene('quoting', { ...NOTHING_YET, state: 'quoting' }),
  scene('quoting-again', { state: 'quoting' }),
  scene('offer', { ...QUOTED, state: 'offer' }),
  scene('offer-with-budget', { ...QUOTED, state: 'offer', current: makeBudget(), asksEach: true }),
  scene('price-changed', { request: { ...request, max: '9474', expected: '9424' } }, { priceBefore: '4474' }),
  scene('refused', {}, { phase: 'refused' }),
  scene('sending', {}, { phase: 'sending' }),
  scene('over-budget', {
    reasons: ['over-per-request', 'over-remaining'],
    current: makeBudget({ settled: '480000', live: '16000', remaining: '4000' }),
    request: { ...request, max: '61200', expected: '60000' },
  }),
  scene('restricted-budget', {
    reasons: ['mode-ask', 'over-per-request'],
    current: makeBudget({ models: [request.model], expiresAtMs: NOW + 7 * 86_400_000 }),
    asksEach: true,
    request: { ...request, max: '61200', expected: '60000' },
  }),
  scene('side-panel', {
    principal: 'panel',
    reasons: ['over-per-request', 'new-payee'],
    current: makeBudget(),
    request: { ...request, max: '61200', expected: '60000' },
  }),
  scene('payee-changed', { reasons: ['payee-changed'], current: makeBudget() }),
  scene('proof-failed', {
    reasons: ['model-not-listed', 'proof-failed-before'],
    current: makeBudget({ models: ['ambient/mini'] }),
  }),
  scene('locked', { ...NOTHING_YET, state: 'locked' }),
  scene('no-wallet', { ...NOTHING_YET, state: 'no-wallet' }),
  scene('no-funds', { state: 'insufficient-funds', balance: '1200' }),
  scene('offline', { ...NOTHING_YET, state: 'offline', failure: 'gateway-unreachable' }),
  scene('failed', { ...NOTHING_YET, state: 'failed', failure: 'offer-unsafe' }),
  scene('opg-session', {
    ...OPG_SESSION,
    reasons: ['no-budget-in-currency', 'new-payee', 'new-allowance'],
    request: { ...OPG_SESSION.request, sponsoredAllowance: '10000000000000000000' },
  }),
  scene('opg-off', { ...OPG_SESSION, state: 'currency-off', reasons: [] }),
  scene('dollars-off', { state: 'currency-off', reasons: [] }),
  scene('allowance-missing', { ...OPG_SESSION, state: 'allowance-missing' }),
  scene('budget', { ...FOR_BUDGET, asked, siteWords: 'Summaries while you read.' }),
  scene('budget-wider', {
    ...FOR_BUDGET,
    asked: { ...asked, models: ['ambient/large', 'ambient/mini'] },
    current: makeBudget({ models: ['ambient/large'], expiresAtMs: NOW + 7 * 86_400_000 }),
  }),
  scene('budget-from-localhost', {
    ...FOR_BUDGET,
    asked,
    principal: 'http://localhost:4020',
    waitingBehind: 2,
  }),
  scene('budget-locked', { ...FOR_BUDGET, asked, state: 'locked' }),
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
    today: makeMeter({
      currency: 'tUSDC',
      cap: '99999999999999999999',
      settled: '12345678901234567890',
      live: '12345678901234567890',
      remaining: '75308642197530864219',
    }),
  }),
  scene('budget-long', {
    ...FOR_BUDGET,
    principal: LONG_ORIGIN,
    asked: { ...asked, cap: '12345678901234567890', maxPerRequest: null },
    // As long as they may be. Source: docs/SECURITY.md 15.
    siteWords: 'word '.repeat(24).trim(),
  }),
  scene('right-to-left', { principal: 'https://xn--mgbh0fb.xn--kgbechtv' }, {}, 'rtl'),
  scene(
    'budget-right-to-left',
    { ...FOR_BUDGET, asked, siteWords: 'لخص المقال الذي تقرأه في خمس نقاط' },
    {},
    'rtl',
  ),
]
