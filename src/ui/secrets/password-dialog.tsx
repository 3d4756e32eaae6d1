import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Dialog } from '../components/dialog.tsx'
import { PasswordForm, type PasswordFormProps } from './password-form.tsx'

interface PasswordDialogProps extends Pick<PasswordFormProps, 'action' | 'onPassword' | 'kind'> {
  readonly title: string
  readonly children: ComponentChildren
  readonly onClose: () => void
}

/** Asks for the password before something that needs it, saying why. */
export function PasswordDialog({ title, children, onClose, ...form }: PasswordDialogProps) {
  const body = useRef<HTMLDivElement>(null)
  // After the dialog was opened, which puts the focus on its first button.
  useEffect(() => body.current?.querySelector('input')?.focus(), [])
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="soft">{children}</div>
      <div ref={body}>
        <PasswordForm {...form} />
      </div>
    </Dialog>
  )
}
