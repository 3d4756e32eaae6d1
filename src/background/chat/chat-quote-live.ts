import type { UiHandler } from '../ui/handler.ts'

/** The gateway's own price for what was typed so far. */
export const chatQuoteLive: UiHandler<'chat.quoteLive'> = async ({ chat }, { id, draft }) =>
  chat.quoteLive(id, draft)
