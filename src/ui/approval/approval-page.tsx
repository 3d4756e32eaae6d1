import { useEffect, useState } from 'preact/hooks'
import type { UiParams } from '../../protocol/ui-protocol.ts'
import type { ApprovalView } from '../../protocol/ui-views.ts'
import { type BudgetDraft, type BudgetDraftErrors, parseBudgetDraft } from '../budget/budget-draft.ts'
import { ApprovalFacts } from './approval-facts.tsx'
import { ApprovalFooter } from './approval-footer.tsx'
import { ApprovalHead } from './approval-head.tsx'
import { ApprovalObstacle, type ObstacleActions } from './approval-obstacle.tsx'
import { ApprovalPrice } from './approval-price.tsx'
import './approval.css'
import { ApprovalReasons } from './approval-reasons.tsx'
import { BudgetChoice } from './budget-choice.tsx'
import { type BudgetPreset, budgetPresets } from './budget-presets.ts'
import { SiteWords } from './site-words.tsx'

export type ApprovalChoice = UiParams<'approval.decide'>['choice']

export interface ApprovalPageProps {
  readonly view: ApprovalView
  readonly nowMs: number
  /** The safety second has passed. */
  readonly ready: boolean
  /** Maximum that was shown before, where the price has changed meanwhile; decimal string. */
  readonly priceBefore: string | null
  readonly phase: 'deciding' | 'sending' | 'refused'
  readonly obstacle: ObstacleActions
  readonly onChoice: (choice: ApprovalChoice, click: MouseEvent | null) => void
}

/** One request, its price, yes or no: our facts first, then the site's words. */
export function ApprovalPage(props: ApprovalPageProps) {
  const { view, nowMs } = props
  const offered = budgetPresets(view)
  const [key, setKey] = useState<BudgetPreset['key'] | 'custom'>(offered?.preferred ?? 'middle')
  const [custom, setCustom] = useState<BudgetDraft | null>(null)
  const [askEach, setAskEach] = useState(view.asksEach)
  const [errors, setErrors] = useState<BudgetDraftErrors>({})
  useEffect(() => {
    setKey(offered?.preferred ?? 'middle')
    setCustom(null)
    setAskEach(view.asksEach)
    setErrors({})
  }, [view.id])
  const asksEach = key === 'custom' ? askEach : view.asksEach
  const preset = offered?.presets.find((one) => one.key === key)?.draft ?? null
  const draft = key === 'custom' ? custom : preset
  const grant = (click: MouseEvent) => {
    if (!draft) return
    const result = parseBudgetDraft(draft, nowMs)
    if (result.kind === 'wrong') setErrors(result.errors)
    else props.onChoice({ kind: 'budget', budget: result.budget, mode: asksEach ? 'ask' : 'auto' }, click)
  }
  return (
    <div class="approval">
      <ApprovalHead view={view} nowMs={nowMs} />
      <main class="approval-main">
        <ApprovalPrice view={view} priceBefore={props.priceBefore} />
        <ApprovalReasons view={view} />
        <ApprovalObstacle view={view} actions={props.obstacle} />
        <ApprovalFacts view={view} />
        {offered && (
          <BudgetChoice
            currency={offered.presets[0]?.draft.currency ?? 'USDC'}
            presets={offered.presets}
            chosen={key}
            draft={draft}
            errors={errors}
            askEach={asksEach}
            current={view.current}
            asksNow={view.asksEach}
            nowMs={nowMs}
            onChoose={(next) => {
              setErrors({})
              if (next === 'custom') setCustom(draft)
              setKey(next)
            }}
            onDraft={(next) => {
              setErrors({})
              setCustom(next)
            }}
            onAskEach={setAskEach}
          />
        )}
        <SiteWords words={view.siteWords} />
      </main>
      <ApprovalFooter
        view={view}
        ready={props.ready}
        phase={props.phase}
        draft={draft}
        onOnce={(click) => props.onChoice({ kind: 'once' }, click)}
        onBudget={grant}
        onReject={() => props.onChoice({ kind: 'reject' }, null)}
        onBlock={() => props.onChoice({ kind: 'block' }, null)}
      />
    </div>
  )
}
