import type { UiHandler } from '../ui/handler.ts'

/** Deletes one message. */
export const chatDeleteMessage: UiHandler<'chat.deleteMessage'> = async ({ chat }, { id, messageId }) =>
  chat.deleteMessage(id, messageId)
