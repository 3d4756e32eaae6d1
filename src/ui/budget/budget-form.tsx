import { PERIODS } from '../../domain/budget.ts'
import { AmountField } from '../components/amount-field.tsx'
import { ChoiceGroup } from '../components/choice-group.tsx'
import { SelectField } from '../components/select-field.tsx'
import { TextField } from '../components/text-field.tsx'
import { periodChoice } from '../format/period-words.ts'
import { formatDate } from '../format/time.ts'
import { t } from '../words.ts'
import type { BudgetDraft, BudgetDraftErrors, ExpiryChoice } from './budget-draft.ts'

interface BudgetFormProps {
  readonly draft: BudgetDraft
  readonly errors: BudgetDraftErrors
  readonly onChange: (draft: BudgetDraft) => void
}

/** Every figure of a budget: cap, period, per request, models, end. */
export function BudgetForm({ draft, errors, onChange }: BudgetFormProps) {
  const change = (part: Partial<BudgetDraft>) => onChange({ ...draft, ...part })
  return (
    <div class="stack">
      <AmountField
        label={t('budget.cap')}
        currency={draft.currency}
        value={draft.cap}
        error={errors.cap}
        onInput={(cap) => change({ cap })}
      />
      <SelectField
        label={t('budget.period')}
        hint={t('budget.periodHint')}
        value={draft.period}
        options={PERIODS.map((value) => ({ value, label: periodChoice(value) }))}
        onChange={(period) => change({ period })}
      />
      <AmountField
        label={t('budget.perRequest')}
        currency={draft.currency}
        value={draft.perRequest}
        error={errors.perRequest}
        onInput={(perRequest) => change({ perRequest })}
      />
      <ChoiceGroup
        legend={t('budget.models')}
        layout="row"
        value={draft.models}
        options={[
          { value: 'all', label: t('budget.modelsAll') },
          { value: 'listed', label: t('budget.modelsListed') },
        ]}
        onChange={(models) => change({ models })}
      />
      {draft.models === 'listed' && (
        <TextField
          label={t('budget.modelLines')}
          hint={t('budget.modelLinesHint')}
          rows={3}
          mono
          value={draft.modelLines}
          error={errors.modelLines}
          onInput={(modelLines) => change({ modelLines })}
        />
      )}
      <SelectField
        label={t('budget.expiry')}
        value={draft.expiry}
        options={expiryOptions(draft)}
        onChange={(expiry) => change({ expiry })}
      />
    </div>
  )
}

function expiryOptions(
  draft: BudgetDraft,
): readonly { readonly value: ExpiryChoice; readonly label: string }[] {
  const keep =
    draft.expiresAtMs === null
      ? { value: 'keep' as const, label: t('budget.expiryNever') }
      : { value: 'keep' as const, label: t('budget.expiryOn', { date: formatDate(draft.expiresAtMs) }) }
  return [
    keep,
    { value: 'day', label: t('budget.expiryDay') },
    { value: 'week', label: t('budget.expiryWeek') },
    { value: 'month', label: t('budget.expiryMonth') },
    ...(draft.expiresAtMs === null ? [] : [{ value: 'never' as const, label: t('budget.expiryNever') }]),
  ]
}
