import type { UiHandler } from './handler.ts'

/** The window has had nothing to show for a while: closed here, where a question that just came is known. */
export const approvalCloseEmpty: UiHandler<'approval.closeEmpty'> = async ({ approvals }) => {
  approvals.closeEmpty()
  return {}
}
