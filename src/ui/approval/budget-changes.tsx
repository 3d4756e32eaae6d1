import type { BudgetInput } from '../../protocol/ui-protocol.ts'
import type { BudgetView } from '../../protocol/ui-views.ts'
import { type BudgetDraft, parseBudgetDraft } from '../budget/budget-draft.ts'
import { FactList } from '../components/fact-list.tsx'
import { budgetWords } from '../format/budget-words.ts'
import { t } from '../words.ts'
import { termsWords } from './terms-words.ts'

type Terms = Pick<BudgetView, 'currency' | 'cap' | 'period' | 'maxPerRequest' | 'models' | 'expiresAtMs'> & {
  readonly asksEach: boolean
}

interface BudgetChangesProps {
  readonly before: Terms
  readonly draft: BudgetDraft
  readonly asksEach: boolean
  readonly nowMs: number
}

/** What a yes with this budget changes about the one that the site has: now, and from then on. */
export function BudgetChanges({ before, draft, asksEach, nowMs }: BudgetChangesProps) {
  const parsed = parseBudgetDraft(draft, nowMs)
  if (parsed.kind === 'wrong') return null
  const changes = changesOf(before, { ...parsed.budget, asksEach })
  if (changes.length === 0) return <p class="soft small">{t('approval.changesNothing')}</p>
  return (
    <section class="approval-changes" aria-label={t('approval.changes')}>
      <FactList facts={changes} />
    </section>
  )
}

function changesOf(before: Terms, after: BudgetInput & Pick<Terms, 'asksEach'>) {
  const now = wordsOf(before)
  const then = wordsOf(after)
  return now.flatMap(({ name, value }, index) => {
    const next = then[index]?.value ?? ''
    return value === next ? [] : [{ name, value: t('approval.fromTo', { before: value, after: next }) }]
  })
}

function wordsOf(terms: Terms) {
  return [
    { name: t('budget.cap'), value: budgetWords(terms) },
    ...termsWords(terms),
    { name: t('budget.askEach'), value: t(terms.asksEach ? 'approval.asksAlways' : 'approval.asksBeyond') },
  ]
}
