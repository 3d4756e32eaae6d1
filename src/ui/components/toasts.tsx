import './toasts.css'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'danger'
}

/** Short results of what was just done, read out politely. The region is always there, so that readers notice. */
export function Toasts({ toasts }: { toasts: readonly Toast[] }) {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <p key={toast.id} class={`toast toast-${toast.tone}`}>
          {toast.text}
        </p>
      ))}
    </div>
  )
}
