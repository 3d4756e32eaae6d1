import type { UiHandler } from '../ui/handler.ts'

/** What a context menu asked for, once. */
export const chatTakeIntent: UiHandler<'chat.takeIntent'> = async ({ chat }, { windowId }) =>
  chat.takeIntent(windowId)
