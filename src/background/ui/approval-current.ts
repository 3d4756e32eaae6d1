import type { UiHandler } from './handler.ts'

/** What the approval window shows now; null: nothing waits. */
export const approvalCurrent: UiHandler<'approval.current'> = async ({ approvals }) => approvals.current()
