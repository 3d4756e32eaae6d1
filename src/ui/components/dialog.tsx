import { X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { t } from '../words.ts'
import './dialog.css'
import { IconButton } from './icon-button.tsx'

interface DialogProps {
  readonly title: string
  readonly children: ComponentChildren
  readonly actions?: ComponentChildren
  readonly onClose: () => void
}

/** A modal dialog by the browser's own element: keeps the focus inside, Escape closes. Rendered only while open. */
export function Dialog({ title, children, actions, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
        <IconButton icon={X} label={t('common.close')} onClick={onClose} />
      </div>
      <div class="dialog-body stack">{children}</div>
      {actions && <div class="dialog-actions">{actions}</div>}
    </dialog>
  )
}
