import { Ring } from './ring.tsx'
import './spinner.css'

/** Something is under way; the label is for everybody, seen or heard. */
export function Spinner({ label, hideLabel = false }: { label: string; hideLabel?: boolean }) {
  return (
    <span class="spinner" role="status">
      <Ring />
      <span class={hideLabel ? 'visually-hidden' : undefined}>{label}</span>
    </span>
  )
}
