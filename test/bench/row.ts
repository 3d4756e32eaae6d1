import type { Tools } from './tools.ts'

/** One figure of a row of docs/PERFORMANCE.md. */
export interface Result {
  /** What was compared, where a row has several figures; else the row's own words. */
  readonly what: string
  /** In the unit of `unit`. */
  readonly ours: number
  /** Null where the goal is a figure of its own. */
  readonly peer: number | null
  readonly unit: 'ms' | 'bytes' | 'requests' | 'MB' | 'starts'
  /** ours ÷ peer, or `ours` where there is no peer. */
  readonly ratio: number
  /** Most that the ratio may be. */
  readonly goal: number
  readonly holds: boolean
  /** Ours ÷ ours, measured in the same run as two arms: what the noise alone does. Null for what does not vary. */
  readonly aa: number | null
}

export interface Row {
  readonly row: number
  readonly what: string
  measure(tools: Tools): Promise<readonly Result[]>
}

/** A figure against a peer's. */
export function compare(
  what: string,
  unit: Result['unit'],
  facts: { readonly ours: number; readonly peer: number; readonly goal: number; readonly aa?: number | null },
): Result {
  const { ours, peer, goal, aa = null } = facts
  const ratio = ours / peer
  return { what, unit, ours, peer, ratio, goal, holds: ratio <= goal, aa }
}

/** A figure against a limit of its own. */
export function limit(
  what: string,
  unit: Result['unit'],
  facts: { readonly ours: number; readonly goal: number; readonly aa?: number | null },
): Result {
  const { ours, goal, aa = null } = facts
  return { what, unit, ours, peer: null, ratio: ours, goal, holds: ours <= goal, aa }
}
