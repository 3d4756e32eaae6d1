/** What was read of the history so far: pages, newest first, each row once, no page empty. */
import type { HistoryFilterInput } from '../../protocol/ui-protocol.ts'
import type { HistoryPageView, HistoryRowView } from '../../protocol/ui-views.ts'

export interface HistoryPages {
  readonly pages: readonly (readonly HistoryRowView[])[]
  /** Where to go on; null: all of it is here. */
  readonly next: string | null
}

export const NO_PAGES: HistoryPages = { pages: [], next: null }

/** An older page behind those that are there. */
export function appendPage(old: HistoryPages, page: HistoryPageView): HistoryPages {
  // Pages follow a cursor: only the last one can overlap.
  const known = new Set(old.pages.at(-1)?.map(({ id }) => id))
  const fresh = page.rows.filter(({ id }) => !known.has(id))
  return { pages: fresh.length > 0 ? [...old.pages, fresh] : old.pages, next: page.next }
}

/**
 * The newest rows again. As far down as they reach they say what there is: known rows are brought up to date, new ones come
 * in, others are gone. Where they meet nothing that is held, there may be a hole: it begins anew.
 */
export function mergeNewest(old: HistoryPages, newest: HistoryPageView): HistoryPages {
  const last = newest.rows.at(-1)
  // A search that has found nothing so far says nothing about what is held.
  if (last === undefined && newest.next !== null) return old
  const held = old.pages.flat()
  const known = new Set(held.map(({ id }) => id))
  if (last === undefined || newest.next === null || !newest.rows.some(({ id }) => known.has(id)))
    return appendPage(NO_PAGES, newest)
  const below = old.pages.map((page) => {
    return page.every((row) => isNewer(last, row)) ? page : page.filter((row) => isNewer(last, row))
  })
  const reached = below.findIndex((page, index) => page.length === old.pages[index]?.length)
  const split = reached === -1 ? below.length : reached
  return {
    pages: [[...newest.rows, ...below.slice(0, split).flat()], ...below.slice(split)],
    next: old.next,
  }
}

/** One row as it is now: where it belongs, or nowhere if the filter leaves it out. Pages without it stay the same. */
export function placeRow(old: HistoryPages, row: HistoryRowView, filter: HistoryFilterInput): HistoryPages {
  const at = old.pages.findIndex((page) => page.some(({ id }) => id === row.id))
  if (at === -1) return isWanted(row, filter) ? insertRow(old, row) : old
  const change = (page: readonly HistoryRowView[]) =>
    matchesFields(row, filter)
      ? page.map((one) => (one.id === row.id ? row : one))
      : page.filter(({ id }) => id !== row.id)
  const pages = old.pages.map((page, index) => (index === at ? change(page) : page))
  return { pages: pages.filter((page) => page.length > 0), next: old.next }
}

/** Below the last row it comes with its own page. */
function insertRow(old: HistoryPages, row: HistoryRowView): HistoryPages {
  const at = old.pages.findIndex((page) => page.some((one) => isNewer(row, one)))
  if (at === -1) return old
  const pages = old.pages.map((page, index) => {
    if (index !== at) return page
    const place = page.findIndex((one) => isNewer(row, one))
    return page.toSpliced(place, 0, row)
  })
  return { pages, next: old.next }
}

/** Whether the filter takes in a row that was not found by it; what a text matches, only the background knows. */
function isWanted(row: HistoryRowView, filter: HistoryFilterInput): boolean {
  return (filter.text ?? '') === '' && matchesFields(row, filter)
}

function matchesFields(row: HistoryRowView, filter: HistoryFilterInput): boolean {
  const fields = ['principal', 'model', 'gatewayId', 'currency', 'money', 'settledBy', 'answer'] as const
  return (
    fields.every((name) => filter[name] === undefined || filter[name] === row[name]) &&
    (filter.fromMs === undefined || row.createdAtMs >= filter.fromMs) &&
    (filter.toMs === undefined || row.createdAtMs < filter.toMs)
  )
}

/** The ledger's order: by time, then by id. */
function isNewer(a: HistoryRowView, b: HistoryRowView): boolean {
  return a.createdAtMs === b.createdAtMs ? a.id < b.id : a.createdAtMs > b.createdAtMs
}
