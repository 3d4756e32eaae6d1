import type { UiHandler } from '../ui/handler.ts'

/** Keeps a conversation at the top, and out of the retention's reach. */
export const chatPin: UiHandler<'chat.pin'> = async ({ chat }, { id, pinned }) => chat.pin(id, pinned)
