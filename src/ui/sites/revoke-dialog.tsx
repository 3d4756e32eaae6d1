import { ActionDialog } from '../app/action-dialog.tsx'
import { t } from '../words.ts'

interface RevokeDialogProps {
  readonly title: string
  readonly action: string
  readonly onRevoke: () => Promise<void>
  readonly onClose: () => void
}

/** Asks before budgets are taken back. */
export function RevokeDialog({ title, action, onRevoke, onClose }: RevokeDialogProps) {
  const revoke = async () => {
    await onRevoke()
    return true
  }
  return (
    <ActionDialog title={title} action={action} kind="danger" work={revoke} onClose={onClose}>
      <p>{t('sites.revokeMeans')}</p>
    </ActionDialog>
  )
}
