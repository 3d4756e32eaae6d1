import type { UiHandler } from '../ui/handler.ts'

/** Sends nothing before a message any more. */
export const chatDropOldest: UiHandler<'chat.dropOldest'> = async ({ chat }, { id, sentFrom }) =>
  chat.dropOldest(id, sentFrom)
