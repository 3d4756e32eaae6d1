import type { ComponentChildren } from 'preact'

/** One state of one screen or component, to be looked at. */
export interface Scene {
  /** Name in the address and of the picture: `home/locked`. */
  readonly id: string
  /** popup: 380 × 600. window: the approval's 420 × 680. page: a full tab. part: components, in a plain column. panel: 360 × 780, and narrow: 280 × 700, the side panel. */
  readonly on: readonly ('popup' | 'window' | 'page' | 'part' | 'panel' | 'narrow')[]
  readonly render: () => ComponentChildren
  /** Address part after `#`, for screens that read it. */
  readonly hash?: string
  readonly dir?: 'rtl'
}
