import type { DailyView } from '../../../src/protocol/ui-views.ts'
import type { FakeAnswers } from '../../ui/fake-client.ts'
import { DAY, LONG_ORIGIN, makeRow, NOW } from '../../ui/samples.ts'
import type { Scene } from '../scene.ts'
import { popupScene } from './popup-scene.tsx'

/** Local midnight of a day so many days ago. */
function midnight(daysAgo: number): number {
  const day = new Date(NOW - daysAgo * DAY)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
}

function rowsFor(name: string, weight: number): DailyView[] {
  return Array.from({ length: 30 }, (_, daysAgo) => ({
    ...{ dayStartMs: midnight(daysAgo), currency: 'USDC' as const, name },
    settled: String(((daysAgo * 7919) % 13) * 4_424 * weight),
    live: daysAgo < 2 ? '44000' : '0',
    count: (daysAgo * 7919) % 13,
  })).filter(({ count }) => count > 0)
}

const ALL = rowsFor('all', 10)
const SITES = ['https://reader.example.com', 'panel', LONG_ORIGIN, 'https://news.example.org']
const NAMES = {
  all: ['all'],
  principal: [...SITES, ...Array.from({ length: 12 }, (_, index) => `https://site-${index}.example.net`)],
  model: ['ambient/large', 'ambient/mini', 'gpt-5-mini'],
  gateway: ['jumpgate', 'opengradient'],
}

const USUAL: FakeAnswers = {
  'insights.daily': ({ by }) =>
    by === 'all' ? ALL : NAMES[by].flatMap((name, index) => rowsFor(name, 16 - index)),
  'insights.dearest': () => makeRow({ cost: '48210', principal: 'panel' }),
}

export const INSIGHT_SCENES: readonly Scene[] = [
  popupScene('insights/usual', '/insights', USUAL),
  popupScene('insights/right-to-left', '/insights', USUAL, { dir: 'rtl' }),
  popupScene('insights/names-failed', '/insights', {
    ...USUAL,
    'insights.daily': ({ by }) => (by === 'all' ? ALL : Promise.reject(new Error('gone'))),
  }),
  popupScene('insights/currencies', '/insights', {
    'insights.daily': ({ by }) => [
      ...NAMES[by].flatMap((name) => rowsFor(name, 9)),
      {
        ...{ dayStartMs: midnight(3), currency: 'OPG', name: 'all', count: 4, live: '0' },
        settled: '12345678901234567890',
      },
    ],
  }),
  popupScene('insights/huge', '/insights', {
    'insights.daily': () => ALL.map((row) => ({ ...row, settled: '12345678901234567890' })),
  }),
  popupScene('insights/empty', '/insights'),
  popupScene('insights/failed', '/insights', { 'insights.daily': () => Promise.reject(new Error('gone')) }),
]
