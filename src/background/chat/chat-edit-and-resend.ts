import type { UiHandler } from '../ui/handler.ts'

/** Asks another question in place of one that was asked. */
export const chatEditAndResend: UiHandler<'chat.editAndResend'> = async ({ chat }, params) =>
  chat.editAndResend(params)
