import type { UiHandler } from '../ui/handler.ts'

/** Asks anew: another request at another price. */
export const chatRetry: UiHandler<'chat.retry'> = async ({ chat }, { id, messageId }) =>
  chat.retry(id, messageId)
