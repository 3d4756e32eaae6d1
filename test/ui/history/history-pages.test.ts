import { describe, expect, it } from 'vitest'
import type { HistoryRowView } from '../../../src/protocol/ui-views.ts'
import {
  appendPage,
  type HistoryPages,
  mergeNewest,
  NO_PAGES,
  placeRow,
} from '../../../src/ui/history/history-pages.ts'
import { MINUTE, makeRow, NOW } from '../samples.ts'

function ids({ pages }: HistoryPages): readonly (readonly string[])[] {
  return pages.map((rows) => rows.map(({ id }) => id))
}

describe('appendPage', () => {
  it('puts older rows behind newer ones', () => {
    const first = appendPage(NO_PAGES, { rows: [makeRow({ id: 'c' }), makeRow({ id: 'b' })], next: 'b' })
    const both = appendPage(first, { rows: [makeRow({ id: 'a' })], next: null })
    expect(ids(both)).toEqual([['c', 'b'], ['a']])
    expect(both.next).toBeNull()
  })
  it('takes each row once, also where the list grew between two reads', () => {
    const first = appendPage(NO_PAGES, { rows: [makeRow({ id: 'b' })], next: 'b' })
    expect(
      ids(appendPage(first, { rows: [makeRow({ id: 'b' }), makeRow({ id: 'a' })], next: null })),
    ).toEqual([['b'], ['a']])
  })
})

/** Rows by their age in minutes, newest first. */
function rowsOf(...ages: readonly number[]): readonly HistoryRowView[] {
  return ages.map((age) => makeRow({ id: `at-${age}`, createdAtMs: NOW - age * MINUTE }))
}

function pagesOf(next: string | null, ...pages: readonly (readonly number[])[]): HistoryPages {
  return { pages: pages.map((ages) => rowsOf(...ages)), next }
}

const ages = ({ pages }: HistoryPages) => pages.map((rows) => rows.map(({ id }) => Number(id.slice(3))))

describe('mergeNewest', () => {
  it('puts new rows first and keeps the cursor', () => {
    const merged = mergeNewest(pagesOf('older', [3, 4], [5, 6]), { rows: rowsOf(1, 2, 3), next: 'at-3' })
    expect(ages(merged)).toEqual([
      [1, 2, 3, 4],
      [5, 6],
    ])
    expect(merged.next).toBe('older')
  })
  it('brings rows up to date, and lets those go that the filter no longer finds', () => {
    const old = pagesOf('older', [1, 2, 3], [4, 5])
    const [first, third] = rowsOf(1, 3)
    if (!first || !third) throw new Error('Two rows')
    const merged = mergeNewest(old, { rows: [{ ...first, answer: 'failed' }, third], next: 'at-3' })
    expect(ages(merged)).toEqual([
      [1, 3],
      [4, 5],
    ])
    expect(merged.pages[0]?.[0]?.answer).toBe('failed')
  })
  it('leaves pages alone that it does not reach, so that they are not drawn again', () => {
    const old = pagesOf(null, [1, 2], [3, 4])
    expect(mergeNewest(old, { rows: rowsOf(1), next: 'at-1' }).pages[1]).toBe(old.pages[1])
  })
  it('begins anew where it meets nothing that is held: between them there may be more', () => {
    const merged = mergeNewest(pagesOf('older', [30, 31]), { rows: rowsOf(1, 2), next: 'at-2' })
    expect(ages(merged)).toEqual([[1, 2]])
    expect(merged.next).toBe('at-2')
  })
  it('holds what there is where all of it fits on one page', () => {
    const merged = mergeNewest(pagesOf(null, [1, 2], [3]), { rows: rowsOf(2), next: null })
    expect(ages(merged)).toEqual([[2]])
    expect(merged.next).toBeNull()
  })
  it('never makes an empty page', () => {
    expect(mergeNewest(NO_PAGES, { rows: [], next: null })).toEqual(NO_PAGES)
    expect(mergeNewest(pagesOf(null, [1]), { rows: [], next: null })).toEqual(NO_PAGES)
  })
  it('keeps what a long search found while the newest rows hold nothing of it', () => {
    const old = pagesOf('older', [4000])
    expect(mergeNewest(old, { rows: [], next: 'at-3000' })).toBe(old)
  })
})

describe('placeRow', () => {
  const live = { money: 'live' } as const
  it('lets a row go that is settled, where only what is on hold is shown', () => {
    const [row] = rowsOf(3)
    if (!row) throw new Error('One row')
    expect(ages(placeRow(pagesOf('older', [1, 2], [3]), row, live))).toEqual([[1, 2]])
  })
  it('brings a row up to date far below the newest ones, and no other page', () => {
    const old = pagesOf('older', [1, 2], [3, 4])
    const [row] = rowsOf(4)
    if (!row) throw new Error('One row')
    const placed = placeRow(old, { ...row, settledBy: 'gateway' }, {})
    expect(placed.pages[1]?.[1]?.settledBy).toBe('gateway')
    expect(placed.pages[0]).toBe(old.pages[0])
  })
  it('puts a row in its place that the filter takes in only now, unless that is further down', () => {
    const [third, last] = rowsOf(3, 9)
    if (!third || !last) throw new Error('Two rows')
    const old = pagesOf('older', [1, 2, 4], [5])
    expect(ages(placeRow(old, third, { money: 'settled' }))).toEqual([[1, 2, 3, 4], [5]])
    expect(placeRow(old, last, { money: 'settled' })).toBe(old)
    expect(placeRow(old, third, { principal: 'panel' })).toBe(old)
    expect(placeRow(old, third, { text: 'reader' })).toBe(old)
  })
})
