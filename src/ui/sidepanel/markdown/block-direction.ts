/** Whether a block must find its own direction: left to itself, it has the page's. */

/** Hebrew, Arabic and their neighbours, in both planes, and references that may spell them. Source: Unicode, DerivedBidiClass (R and AL). */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\ud802\ud803\ud83a\ud83b]|&#/

export type BlockDirection = 'auto' | undefined

/**
 * The `dir` of everything inside a block. `auto` is worked out anew with every word that is added, so it stands only where
 * it can differ from the page's own direction.
 */
export function blockDirection(source: string, page: string): BlockDirection {
  return page === 'rtl' || RIGHT_TO_LEFT.test(source) ? 'auto' : undefined
}
