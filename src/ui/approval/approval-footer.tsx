import { useEffect, useId, useRef } from 'preact/hooks'
import { PANEL } from '../../domain/principal.ts'
import type { ApprovalView } from '../../protocol/ui-views.ts'
import { type BudgetDraft, parseBudgetDraft } from '../budget/budget-draft.ts'
import { Button } from '../components/button.tsx'
import { budgetWords } from '../format/budget-words.ts'
import { t } from '../words.ts'

interface ApprovalFooterProps {
  readonly view: ApprovalView
  readonly ready: boolean
  readonly phase: 'deciding' | 'sending' | 'refused'
  readonly draft: BudgetDraft | null
  readonly onOnce: (click: MouseEvent) => void
  readonly onBudget: (click: MouseEvent) => void
  readonly onReject: () => void
  readonly onBlock: () => void
}

/**
 * The four answers; three in the side panel, where the person asked and nobody is to be blocked. The focus starts on
 * *Reject*; approving is off until the safety second has passed.
 */
export function ApprovalFooter(props: ApprovalFooterProps) {
  const { view, phase } = props
  const hint = useId()
  const reject = useRef<HTMLButtonElement | null>(null)
  const focused = useRef('')
  useEffect(() => {
    if (view.state === 'locked') return
    // A look again takes nobody away from what is being read or filled in.
    const isLost = document.activeElement === null || document.activeElement === document.body
    // What is asked is read first, also where it fills the window.
    if (focused.current !== view.id || isLost) reject.current?.focus({ preventScroll: true })
    focused.current = view.id
  }, [view.id, view.state])
  const sending = phase === 'sending'
  const off = view.state !== 'ready' || !props.ready || sending
  return (
    <footer class="approval-footer">
      <div class={`approval-answers approval-answers-${view.kind}`}>
        <Button
          buttonRef={(element) => (reject.current = element)}
          disabled={sending}
          onClick={props.onReject}
        >
          {t('approval.reject')}
        </Button>
        {view.kind === 'request' && (
          <Button kind="primary" disabled={off} describedBy={hint} onClick={props.onOnce}>
            {t('approval.approveOnce')}
          </Button>
        )}
        {props.draft && (
          <Button
            kind={view.kind === 'request' ? 'secondary' : 'primary'}
            disabled={off}
            describedBy={hint}
            onClick={props.onBudget}
          >
            {approveBudgetLabel(props.draft)}
          </Button>
        )}
      </div>
      <div class="approval-foot">
        <p id={hint} class="approval-hint small" aria-live="polite">
          {hintWords(props)}
        </p>
        {view.principal !== PANEL && (
          <Button kind="quiet" size="s" disabled={sending} onClick={props.onBlock}>
            {t('approval.block')}
          </Button>
        )}
      </div>
    </footer>
  )
}

function approveBudgetLabel(draft: BudgetDraft): string {
  const parsed = parseBudgetDraft(draft, 0)
  if (parsed.kind === 'wrong') return t('approval.approveBudget')
  return t('approval.approveBudgetOf', { budget: budgetWords(parsed.budget) })
}

function hintWords({ view, ready, phase }: ApprovalFooterProps): string {
  if (phase === 'sending') return t('approval.sending')
  if (phase === 'refused') return t('approval.refused')
  if (view.state === 'quoting' && view.request) return t('approval.quotingAgain')
  if (view.state === 'offer') return t('approval.readingOffer')
  if (view.state !== 'ready') return t('approval.nothingPaid')
  return ready ? t('approval.nothingPaid') : t('approval.wait')
}
