import type { ComponentType } from 'preact'

/** An icon of lucide-preact: always beside words or under a label, so it is hidden from assistive technology. */
export type IconType = ComponentType<{ size?: number | string; class?: string; 'aria-hidden'?: 'true' }>

export function Icon({ of: Shape, size = '1.125em' }: { of: IconType; size?: string }) {
  return (
    <span class="icon" aria-hidden="true">
      <Shape size={size} aria-hidden="true" />
    </span>
  )
}
