import type { UiHandler } from '../ui/handler.ts'

/** Gives a conversation a name of the person's own. */
export const chatRename: UiHandler<'chat.rename'> = async ({ chat }, { id, title }) => chat.rename(id, title)
