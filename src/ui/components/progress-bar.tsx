import './progress-bar.css'

/** How far something has come; `done` null where nobody knows. */
export function ProgressBar({ label, done }: { label: string; done: number | null }) {
  return (
    <div class="progress-bar">
      <span class="small">{label}</span>
      <progress aria-label={label} {...(done === null ? {} : { value: done })} max={1} />
    </div>
  )
}
