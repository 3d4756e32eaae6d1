import type { UiHandler } from '../ui/handler.ts'

/** Stores the question, then asks it. */
export const chatSend: UiHandler<'chat.send'> = async ({ chat }, { id, draft }) => chat.send(id, draft)
