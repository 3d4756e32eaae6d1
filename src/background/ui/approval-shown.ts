import type { UiHandler } from './handler.ts'

/** The window shows this content with focus from now on; answers when a yes counts. */
export const approvalShown: UiHandler<'approval.shown'> = async ({ approvals }, { id, digest }) => ({
  readyInMs: approvals.shown(id, digest),
})
