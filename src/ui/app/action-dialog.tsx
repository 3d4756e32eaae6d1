import type { ComponentChildren } from 'preact'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { t } from '../words.ts'
import { FailureNotice } from './failure-notice.tsx'
import { useAction } from './use-action.ts'

interface ActionDialogProps {
  readonly title: string
  /** Words of the button that does it. */
  readonly action: string
  readonly kind: 'primary' | 'danger'
  /** Answers false where there is something to correct first. */
  readonly work: () => Promise<boolean>
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** A dialog that does one thing: open until it is done, so that a failure is said inside it and loses nothing. */
export function ActionDialog({ title, action, kind, work, onClose, children }: ActionDialogProps) {
  const [state, run] = useAction(async () => {
    if (await work()) onClose()
  })
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind={kind} busy={state.kind === 'busy'} onClick={() => void run()}>
            {action}
          </Button>
        </>
      }
    >
      {children}
      {state.kind === 'failed' && (
        // A long form would hide it under the buttons.
        <div ref={(place) => place?.scrollIntoView({ block: 'nearest' })}>
          <FailureNotice error={state.error} />
        </div>
      )}
    </Dialog>
  )
}
