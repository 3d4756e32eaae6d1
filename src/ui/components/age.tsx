import { formatAge, formatDateTime } from '../format/time.ts'

/** How long ago, with the exact moment on hover. */
export function Age({ atMs, nowMs }: { atMs: number; nowMs: number }) {
  return (
    <time class="age" dateTime={new Date(atMs).toISOString()} title={formatDateTime(atMs)}>
      {formatAge(atMs, nowMs)}
    </time>
  )
}
