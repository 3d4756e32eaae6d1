import type { UiHandler } from '../ui/handler.ts'

/** Stops the answer on its way; its text so far stays. */
export const chatStop: UiHandler<'chat.stop'> = async ({ chat }, { id }) => ({ stopped: await chat.stop(id) })
