import type { AskReason } from '../../domain/spend-policy.ts'
import type { ApprovalView } from '../../protocol/ui-views.ts'
import type { Tone } from '../components/badge.tsx'
import { Notice } from '../components/notice.tsx'
import { t } from '../words.ts'

/** Why the person is asked, the gravest first to be seen. What is plain from the question itself is not repeated. */
export function ApprovalReasons({ view }: { view: ApprovalView }) {
  const words = view.reasons.flatMap((reason) => reasonWords(reason) ?? [])
  if (words.length === 0) return null
  const tone = (['danger', 'held', 'plain'] as const).find((one) =>
    words.some((reason) => reason.tone === one),
  )
  return (
    <Notice tone={tone ?? 'plain'}>
      {words.map(({ text }) => (
        <p key={text}>{text}</p>
      ))}
    </Notice>
  )
}

function reasonWords(reason: AskReason): { readonly tone: Tone; readonly text: string } | null {
  switch (reason) {
    case 'no-grant':
    case 'mode-ask':
      return null
    case 'no-budget-in-currency':
      return { tone: 'plain', text: t('approval.reasons.noBudgetInCurrency') }
    case 'budget-expired':
      return { tone: 'plain', text: t('approval.reasons.budgetExpired') }
    case 'over-per-request':
      return { tone: 'held', text: t('approval.reasons.overPerRequest') }
    case 'over-remaining':
      return { tone: 'held', text: t('approval.reasons.overRemaining') }
    case 'model-not-listed':
      return { tone: 'held', text: t('approval.reasons.modelNotListed') }
    case 'new-payee':
      return { tone: 'plain', text: t('approval.reasons.newPayee') }
    case 'payee-changed':
      return { tone: 'danger', text: t('approval.reasons.payeeChanged') }
    case 'less-private-settlement':
      return { tone: 'held', text: t('approval.reasons.lessPrivateSettlement') }
    case 'proof-failed-before':
      return { tone: 'danger', text: t('approval.reasons.proofFailedBefore') }
    case 'new-allowance':
      return { tone: 'held', text: t('approval.reasons.newAllowance') }
  }
}
