import type { UiHandler } from '../ui/handler.ts'

/** Keeps what the person has typed and attached. */
export const chatSaveDraft: UiHandler<'chat.saveDraft'> = async ({ chat }, { id, draft }) => {
  await chat.saveDraft(id, draft)
  return { saved: true }
}
