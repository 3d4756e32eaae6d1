import type { UiHandler } from '../ui/handler.ts'

/** Conversations that contain a text; all without one. */
export const chatList: UiHandler<'chat.list'> = async ({ chat }, { text }) => chat.list(text)
