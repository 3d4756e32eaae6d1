import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { t } from '../../words.ts'

interface ConfirmDialogProps {
  readonly title: string
  readonly question: string
  readonly yes: string
  readonly onYes: () => void
  readonly onClose: () => void
}

/** Asked before something that cannot be taken back. */
export function ConfirmDialog({ title, question, yes, onYes, onClose }: ConfirmDialogProps) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="danger" onClick={onYes}>
            {yes}
          </Button>
        </>
      }
    >
      <p>{question}</p>
    </Dialog>
  )
}
