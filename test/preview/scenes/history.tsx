import { UiError } from '../../../src/protocol/ui-client.ts'
import type { HistoryRowView } from '../../../src/protocol/ui-views.ts'
import { Popup } from '../../../src/ui/popup/popup.tsx'
import type { FakeAnswers } from '../../ui/fake-client.ts'
import {
  LONG_ORIGIN,
  MINUTE,
  makeLiveRow,
  makePayment,
  makeReleasedRow,
  makeRow,
  NOW,
} from '../../ui/samples.ts'
import { Frame } from '../frame.tsx'
import { Press } from '../press.tsx'
import type { Scene } from '../scene.ts'

function makeHistory(length: number): readonly HistoryRowView[] {
  return Array.from({ length }, (_, index) => makeNth(index))
}

function makeNth(index: number): HistoryRowView {
  const part = { id: `row-${index}`, createdAtMs: NOW - index * 17 * MINUTE }
  if (index % 7 === 3) return makeLiveRow(part)
  if (index % 11 === 5) return makeReleasedRow(part)
  if (index % 5 === 4) return makeRow({ ...part, principal: 'panel', settledBy: 'gateway' })
  return makeRow({ ...part, principal: index === 6 ? LONG_ORIGIN : 'https://reader.example.com' })
}

const ROWS = makeHistory(500)

interface More {
  readonly answers?: FakeAnswers
  /** What is pressed to get there. */
  readonly press?: readonly string[]
  readonly dir?: 'rtl'
}

function list(id: string, hash: string, rows: readonly HistoryRowView[], more: More = {}): Scene {
  return {
    id: `history/${id}`,
    on: ['popup', 'page'],
    hash,
    ...(more.dir ? { dir: more.dir } : {}),
    render: () => (
      <Frame
        answers={{
          'history.page': ({ before, limit, filter }) => {
            const matching = filter.money ? rows.filter(({ money }) => money === filter.money) : rows
            const from = before === null ? 0 : Number(before)
            const next = from + limit < matching.length ? String(from + limit) : null
            return { rows: matching.slice(from, from + limit), next }
          },
          'history.seen': () => ({
            principals: ['https://reader.example.com', 'panel', LONG_ORIGIN],
            models: ['ambient/large'],
            gateways: [{ id: 'jumpgate', name: 'Ambient JumpGate' }],
          }),
          ...more.answers,
        }}
      >
        <Press names={more.press ?? []}>
          <Popup />
        </Press>
      </Frame>
    ),
  }
}

function detail(id: string, row: HistoryRowView | null): Scene {
  return {
    id: `history/detail-${id}`,
    on: ['popup', 'page'],
    hash: '/history/request/one',
    render: () => (
      <Frame answers={{ 'history.get': () => row }}>
        <Popup />
      </Frame>
    ),
  }
}

const tee = {
  kind: 'tee',
  verdict: 'verified',
  teeId: `0x${'ab'.repeat(32)}`,
  requestHash: '12'.repeat(32),
  outputHash: '34'.repeat(32),
  timestamp: NOW / 1000,
  signature: 'c2ln'.repeat(60),
} as const

const never = () => new Promise<never>(() => undefined)
const failing = () => Promise.reject(new UiError('ledger-failed'))
/** The first look finds nothing, the next one takes its time. */
const nothingSoFar = ({ before }: { readonly before: string | null }) =>
  before === null ? { rows: [], next: 'deeper' } : never()

export const HISTORY_SCENES: readonly Scene[] = [
  list('list', '/history', ROWS),
  list('live', '/history/live', ROWS),
  list('hundred-thousand', '/history', makeHistory(100_000)),
  list('empty', '/history', []),
  list('none-found', '/history/live', []),
  list('right-to-left', '/history', ROWS, { dir: 'rtl' }),
  list('loading', '/history', [], { answers: { 'history.page': never } }),
  list('looking-further', '/history/live', [], { answers: { 'history.page': nothingSoFar } }),
  list('failed', '/history', [], { answers: { 'history.page': failing } }),
  list('exporting', '/history', ROWS.slice(0, 5), {
    answers: {
      'history.page': ({ limit }) => (limit === 200 ? never() : { rows: ROWS.slice(0, 5), next: null }),
    },
    press: ['Export CSV'],
  }),
  detail('confirmed', makeRow()),
  detail(
    'reported',
    makeRow({ settledBy: 'gateway', payment: makePayment({ settledBy: 'gateway', check: null }) }),
  ),
  detail('on-hold', makeLiveRow()),
  detail(
    'proof-due',
    makeLiveRow({
      payment: makePayment({
        ...makeLiveRow().payment,
        holdUntilMs: NOW - MINUTE,
        check: { atMs: NOW, finding: 'rpc-failed', endpoints: 0 },
      }),
    }),
  ),
  detail('not-charged', makeReleasedRow()),
  detail('paid-no-answer', makeRow({ answer: 'failed', error: 'paid_no_answer' })),
  detail(
    'session',
    makeLiveRow({
      currency: 'OPG',
      held: '120000000000000000',
      max: '120000000000000000',
      expected: null,
      model: 'gpt-5-mini',
      gatewayName: 'OpenGradient',
      answer: 'answered',
      error: null,
      proof: tee,
      settlement: { mode: 'batch', reference: null },
      payment: makePayment({ ...makeLiveRow().payment, scheme: 'upto', maximum: '1000000000000000000' }),
    }),
  ),
  detail('proof-failed', makeRow({ proof: { ...tee, verdict: 'failed' } })),
  detail(
    'long',
    makeRow({
      principal: LONG_ORIGIN,
      model: 'model-'.repeat(30),
      gatewayName: 'A gateway whose owner could not stop naming it',
      cost: '12345678901234567890',
      max: '12345678901234567890',
      prompt: 'لماذا السماء زرقاء؟ '.repeat(10),
    }),
  ),
  detail('gone', null),
]
