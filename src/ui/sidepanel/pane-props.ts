import type { PanelHost } from './panel-host.ts'

export interface PaneProps {
  readonly id: string
  readonly host: PanelHost
  readonly nowMs: number
  /** Out of sight behind the list; it keeps its place. */
  readonly hidden: boolean
  readonly onList: (() => void) | null
  readonly onNew: () => void
  readonly onGone: () => void
}
