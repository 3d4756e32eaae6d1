import type { Currency } from '../../domain/currency.ts'
import type { BudgetView } from '../../protocol/ui-views.ts'
import { type BudgetDraft, type BudgetDraftErrors, parseBudgetDraft } from '../budget/budget-draft.ts'
import { BudgetForm } from '../budget/budget-form.tsx'
import { ChoiceGroup } from '../components/choice-group.tsx'
import { Switch } from '../components/switch.tsx'
import { formatMoney, moneyText } from '../format/money.ts'
import { t, tCode } from '../words.ts'
import { BudgetChanges } from './budget-changes.tsx'
import type { BudgetPreset } from './budget-presets.ts'

interface BudgetChoiceProps {
  readonly currency: Currency
  readonly presets: readonly BudgetPreset[]
  readonly chosen: BudgetPreset['key'] | 'custom'
  readonly draft: BudgetDraft | null
  readonly errors: BudgetDraftErrors
  readonly askEach: boolean
  /** What the site has now. */
  readonly current: BudgetView | null
  readonly asksNow: boolean
  readonly nowMs: number
  readonly onChoose: (key: BudgetPreset['key'] | 'custom') => void
  readonly onDraft: (draft: BudgetDraft) => void
  readonly onAskEach: (ask: boolean) => void
}

/** A budget from now on: three to choose from, or one of one's own. */
export function BudgetChoice(props: BudgetChoiceProps) {
  const options = props.presets.map(({ key, draft }) => ({ value: key, label: presetLabel(draft) }))
  return (
    <section class="card stack" aria-label={t('approval.budgetChoice')}>
      <ChoiceGroup
        legend={legendWords(props.presets[0]?.draft)}
        layout="row"
        value={props.chosen}
        options={[...options, { value: 'custom', label: t('approval.custom') }]}
        onChange={props.onChoose}
      />
      {props.chosen === 'custom' && props.draft ? (
        <>
          <BudgetForm draft={props.draft} errors={props.errors} onChange={props.onDraft} />
          <Switch
            label={t('budget.askEach')}
            hint={t('budget.askEachHint')}
            on={props.askEach}
            onChange={props.onAskEach}
          />
        </>
      ) : (
        <p class="soft small">{perRequestWords(props.draft, props.askEach)}</p>
      )}
      {props.current && props.draft && (
        <BudgetChanges
          before={{ ...props.current, asksEach: props.asksNow }}
          draft={props.draft}
          asksEach={props.askEach}
          nowMs={props.nowMs}
        />
      )}
    </section>
  )
}

function legendWords(draft: BudgetDraft | undefined): string {
  return tCode('approval.budgetLegend', draft?.period ?? 'day')
}

function presetLabel(draft: BudgetDraft): string {
  const parsed = parseBudgetDraft(draft, 0)
  if (parsed.kind === 'wrong') return draft.cap
  return formatMoney(parsed.budget.cap, draft.currency, { rounding: 'exact' }).short
}

function perRequestWords(draft: BudgetDraft | null, asksEach: boolean): string {
  const parsed = draft === null ? null : parseBudgetDraft(draft, 0)
  if (parsed?.kind !== 'ok') return ''
  const amount = moneyText(parsed.budget.maxPerRequest, parsed.budget.currency, { rounding: 'exact' })
  return t(asksEach ? 'approval.presetAsks' : 'approval.presetMeans', { amount })
}
