import { UiError } from '../../../src/protocol/ui-client.ts'
import type { SiteView } from '../../../src/protocol/ui-views.ts'
import { Popup } from '../../../src/ui/popup/popup.tsx'
import type { FakeAnswers } from '../../ui/fake-client.ts'
import {
  DAY,
  LONG_ORIGIN,
  MINUTE,
  makeBudget,
  makeGuards,
  makeSettings,
  makeSite,
  NOW,
} from '../../ui/samples.ts'
import { Frame } from '../frame.tsx'
import { Press } from '../press.tsx'
import type { Scene } from '../scene.ts'

const SITES: readonly SiteView[] = [
  makeSite({
    principal: 'panel',
    budgets: [
      makeBudget({ cap: '1000000', remaining: '883126' }),
      makeBudget({
        id: 'opg',
        currency: 'OPG',
        cap: '2000000000000000000',
        settled: '30000000000000000',
        live: '0',
        remaining: '1970000000000000000',
      }),
    ],
    lastUsedAtMs: NOW - MINUTE,
  }),
  makeSite(),
  makeSite({ principal: 'https://news.example.org', mode: 'ask', lastUsedAtMs: NOW - 2 * DAY }),
  makeSite({
    principal: 'https://shop.example.co.uk',
    mode: 'paused',
    budgets: [makeBudget({ period: 'month', cap: '20000000' })],
    lastUsedAtMs: null,
  }),
  makeSite({ principal: 'https://ads.example.net', mode: 'blocked', budgets: [], lastUsedAtMs: null }),
  makeSite({
    principal: LONG_ORIGIN,
    budgets: [makeBudget({ cap: '99999999999999999999', remaining: '87654321098765432109' })],
  }),
]

interface More {
  readonly answers?: FakeAnswers
  /** What is pressed to get there. */
  readonly press?: readonly string[]
  readonly dir?: 'rtl'
}

function place(id: string, hash: string, { answers = {}, press = [], dir }: More): Scene {
  return {
    id: `sites/${id}`,
    on: ['popup', 'page'],
    hash,
    ...(dir ? { dir } : {}),
    render: () => (
      <Frame
        answers={{
          'sites.list': () => SITES,
          'settings.get': () => makeSettings(),
          'limits.get': () => makeGuards(),
          ...answers,
        }}
      >
        <Press names={press}>
          <Popup />
        </Press>
      </Frame>
    ),
  }
}

function scene(id: string, hash: string, sites: readonly SiteView[], site: SiteView | null = null): Scene {
  return place(id, hash, { answers: { 'sites.list': () => sites, 'sites.get': () => site } })
}

const failing = () => Promise.reject(new UiError('ledger-failed'))
const known = { 'sites.get': () => makeSite() }

const one = '/sites/https%3A%2F%2Freader.example.com'

export const SITES_SCENES: readonly Scene[] = [
  scene('list', '/sites', SITES),
  scene('empty', '/sites', []),
  place('right-to-left', '/sites', { dir: 'rtl' }),
  place('failed', '/sites', { answers: { 'sites.list': failing } }),
  place('selecting', '/sites', { press: ['Select', 'news.example.org'] }),
  place('revoking-several', '/sites', { press: ['Select', 'news.example.org', 'Revoke'] }),
  place('budget-edited', one, { answers: known, press: ['Edit'] }),
  place('budget-not-saved', one, {
    answers: { ...known, 'sites.putBudget': failing },
    press: ['Edit', 'Save'],
  }),
  place('revoking', one, { answers: known, press: ['Revoke everything'] }),
  scene('add', '/sites/new', []),
  scene('one', one, [], makeSite()),
  scene('one-without-budget', one, [], null),
  scene(
    'one-listed-models',
    one,
    [],
    makeSite({
      mode: 'ask',
      budgets: [
        makeBudget({ models: ['ambient/mini', 'gpt-5-mini'], expiresAtMs: NOW + 5 * DAY, period: 'month' }),
      ],
      settlement: 'private',
    }),
  ),
  scene('one-long', `/sites/${encodeURIComponent(LONG_ORIGIN)}`, [], SITES[5]),
]
