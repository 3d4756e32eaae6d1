import type { UiHandler } from '../ui/handler.ts'

/** Deletes a conversation; an answer on its way is stopped first. */
export const chatDelete: UiHandler<'chat.delete'> = async ({ chat }, { id }) => ({
  deleted: await chat.remove(id),
})
