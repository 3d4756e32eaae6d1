import { useState } from 'preact/hooks'
import type { BudgetInput } from '../../protocol/ui-protocol.ts'
import { ActionDialog } from '../app/action-dialog.tsx'
import { useApp } from '../app/app.tsx'
import { type BudgetDraft, type BudgetDraftErrors, parseBudgetDraft } from '../budget/budget-draft.ts'
import { BudgetForm } from '../budget/budget-form.tsx'
import { budgetTitle } from '../format/mode-words.ts'
import { t } from '../words.ts'

interface BudgetDialogProps {
  readonly draft: BudgetDraft
  readonly onSave: (budget: BudgetInput) => Promise<void>
  readonly onClose: () => void
}

/** A budget being written. It takes effect at once, also for requests that run. */
export function BudgetDialog({ draft, onSave, onClose }: BudgetDialogProps) {
  const { now } = useApp()
  const [edited, setEdited] = useState(draft)
  const [errors, setErrors] = useState<BudgetDraftErrors>({})
  const save = async () => {
    const result = parseBudgetDraft(edited, now())
    if (result.kind === 'wrong') setErrors(result.errors)
    else await onSave(result.budget)
    return result.kind !== 'wrong'
  }
  return (
    <ActionDialog
      title={budgetTitle(draft)}
      action={t('common.save')}
      kind="primary"
      work={save}
      onClose={onClose}
    >
      <BudgetForm
        draft={edited}
        errors={errors}
        onChange={(next) => {
          setErrors({})
          setEdited(next)
        }}
      />
    </ActionDialog>
  )
}
