import './ring.css'

/** Turns while something is under way. Says nothing by itself: words stand beside it. */
export function Ring() {
  return <span class="ring" aria-hidden="true" />
}
