import type { UiHandler } from '../ui/handler.ts'

/** One conversation with everything in it. */
export const chatGet: UiHandler<'chat.get'> = async ({ chat }, { id }) => chat.get(id)
