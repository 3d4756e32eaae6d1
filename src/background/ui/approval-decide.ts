import { readBudget } from '../read-budget.ts'
import type { UiHandler } from './handler.ts'

/** The person's answer to exactly what was shown. */
export const approvalDecide: UiHandler<'approval.decide'> = async (
  { approvals },
  { id, digest, choice },
) => ({
  accepted: approvals.decide(
    id,
    digest,
    choice.kind === 'budget' ? { ...choice, budget: readBudget(choice.budget) } : choice,
  ),
})
