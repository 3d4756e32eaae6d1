import type { UiHandler } from '../ui/handler.ts'

/** Deletes every conversation. The ledger keeps what was paid. */
export const chatDeleteAll: UiHandler<'chat.deleteAll'> = async ({ chat }) => ({
  deleted: await chat.removeAll(),
})
